package jsonschema
import ("testing";"fmt";"os";"encoding/json";"github.com/biform/biform/schema/folder")
func TestZZ(t *testing.T){
 f,n,err:=folder.Open(os.Getenv("SCHEMA")); if err!=nil {t.Skip()}
 doc,d:=Read(f,n,Options{})
 for _,x:=range d { fmt.Println(x.Error(), "HINT", x.Hint) }
 if doc==nil {return}
 b,_:=json.MarshalIndent(doc.Types,""," ")
 if os.Getenv("DUMP")!="" { fmt.Println(string(b)) }
 for _,ty:=range doc.Types { fmt.Println(ty.ID,ty.Name,ty.Kind,ty.Scalar,ty.Enum!=nil); if ty.Record!=nil { for _,f:=range ty.Record.Fields { fmt.Println("   ",f.Name,f.Occurs,f.Type,*f.JSON,f.Hints) } } }
 fmt.Println(doc.Name, len(doc.JSON.Schemas))
}
