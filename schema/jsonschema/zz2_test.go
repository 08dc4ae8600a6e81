package jsonschema
import ("testing";"fmt";"os";"path/filepath";"strings";"time";"github.com/biform/biform/schema/folder")
func TestZZ2(t *testing.T){
 kinds:=map[string]int{}
 filepath.Walk(os.Getenv("DIR"),func(p string,i os.FileInfo,e error) error{
  if e!=nil||i.IsDir()||!strings.HasSuffix(p,os.Getenv("SUF")) {return nil}
  f,n,err:=folder.Open(p); if err!=nil {t.Fatal(err)}
  st:=time.Now()
  doc,d:=Read(f,n,Options{})
  el:=time.Since(st)
  if el>time.Second { fmt.Println("SLOW",p,el,i.Size()) }
  if doc==nil { for k,x:=range d { if x.Severity==1&&k<200 {fmt.Println(x.Error(), "HINT", x.Hint)} } ; return nil}
  wellFormed(t,p,doc)
  for _,ty:=range doc.Types { kinds[string(ty.Kind)]++ }
  for _,x:=range d { if os.Getenv("W")!="" {fmt.Println(x.Error(),"HINT",x.Hint)} }
  return nil
 })
 fmt.Println(kinds)
}
