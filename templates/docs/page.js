(function () {
  'use strict';

  // Search: rows that have every word stay.
  var find = document.getElementById('find');
  var input = document.getElementById('q');
  var found = document.getElementById('found');
  var nothing = document.getElementById('nothing');
  var table = document.getElementById('table');
  var rows = Array.prototype.slice.call(table.tBodies[0].rows);
  var texts = null;

  function search() {
    if (!texts) {
      texts = rows.map(function (r) { return r.textContent.toLowerCase(); });
    }
    var words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    var shown = 0;
    rows.forEach(function (r, i) {
      var hit = words.every(function (w) { return texts[i].indexOf(w) >= 0; });
      r.hidden = !hit;
      if (hit) { shown++; }
    });
    found.textContent = words.length ? shown + ' of ' + rows.length : '';
    nothing.hidden = shown > 0;
    table.hidden = shown === 0;
  }

  find.hidden = false;
  input.addEventListener('input', search);
  document.addEventListener('keydown', function (e) {
    if (e.key === '/' && e.target !== input && !e.ctrlKey && !e.metaKey && !e.altKey) {
      e.preventDefault();
      input.focus();
    } else if (e.key === 'Escape' && e.target === input) {
      input.value = '';
      search();
    } else if (e.key === 'Enter' && e.target === input) {
      document.getElementById('nodes').scrollIntoView();
    }
  });

  // A link to a row that the search hides shows it.
  window.addEventListener('hashchange', function () {
    var row;
    try {
      row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch (err) {
      return;
    }
    if (row && (row.hidden || table.hidden)) {
      input.value = '';
      search();
      row.scrollIntoView();
    }
  });

  // The picture: branches fold.
  var svg = document.getElementById('tree');
  var NS = 'http://www.w3.org/2000/svg';
  var ROW = 30, INDENT = 26, BOX = 22, MARGIN = 14;
  var boxes = Array.prototype.map.call(svg.querySelectorAll('g.row'), function (g) {
    return { g: g, depth: +g.dataset.depth, kids: +g.dataset.kids, wire: g.querySelector('.wire'), folded: false, toggle: null, sign: null };
  });

  function layout() {
    var y = MARGIN, hiddenBelow = Infinity, at = [];
    boxes.forEach(function (b) {
      var hide = b.depth > hiddenBelow;
      if (!hide) {
        hiddenBelow = b.folded ? b.depth : Infinity;
      }
      b.g.style.display = hide ? 'none' : '';
      if (hide) {
        return;
      }
      b.g.setAttribute('transform', 'translate(' + (MARGIN + b.depth * INDENT) + ' ' + y + ')');
      at[b.depth] = y;
      if (b.wire) {
        b.wire.setAttribute('d', 'M' + (12 - INDENT) + ' ' + (BOX - (y - at[b.depth - 1])) + 'V' + BOX / 2 + 'H0');
      }
      if (b.toggle) {
        b.toggle.setAttribute('aria-expanded', String(!b.folded));
        b.sign.setAttribute('d', b.folded ? 'M-3 0H3M0-3V3' : 'M-3 0H3');
      }
      y += ROW;
    });
    var height = y + MARGIN;
    svg.setAttribute('height', height);
    svg.setAttribute('viewBox', '0 0 ' + svg.getAttribute('width') + ' ' + height);
  }

  function make(name, attributes, parent) {
    var e = document.createElementNS(NS, name);
    Object.keys(attributes).forEach(function (k) { e.setAttribute(k, attributes[k]); });
    parent.appendChild(e);
    return e;
  }

  boxes.forEach(function (b) {
    if (!b.kids) {
      return;
    }
    var name = b.g.querySelector('.name').textContent;
    b.toggle = make('g', { 'class': 'toggle', role: 'button', tabindex: '0', transform: 'translate(0 11)', 'aria-label': 'Members of ' + name }, b.g);
    make('circle', { r: '6.5' }, b.toggle);
    b.sign = make('path', { d: '' }, b.toggle);
    function flip() {
      b.folded = !b.folded;
      layout();
    }
    b.toggle.addEventListener('click', flip);
    b.toggle.addEventListener('keydown', function (e) {
      if (e.key === 'Enter' || e.key === ' ') {
        e.preventDefault();
        flip();
      }
    });
  });

  function all(folded) {
    return function () {
      boxes.forEach(function (b) { b.folded = folded && b.depth > 0 && b.kids > 0; });
      layout();
    };
  }
  document.getElementById('folding').hidden = false;
  document.getElementById('fold').addEventListener('click', all(true));
  document.getElementById('unfold').addEventListener('click', all(false));
  layout();
})();
