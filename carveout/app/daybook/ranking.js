// placeholder
function folded(t){return t.normalize("NFKC").toLowerCase()}
function ranked(vocabulary, fragment, kinds, words) {
  const f = folded(fragment);
  if (!f) return [];
  return vocabulary.filter((v)=>kinds.includes(v.kind) && v.keys.some((k)=>k.startsWith(f))).slice(0,8).map((v)=>({insert:v.insert, word:v.word, kind:words["kind_"+v.kind]}));
}
function suggestLine(vocabulary, text, at, words) {
  const from = Math.max(text.lastIndexOf(" ", at-1), text.lastIndexOf("　", at-1)) + 1;
  const token = text.slice(from, at);
  if (/^[\d０-９:：～〜-]*$/.test(token)) return null;
  return {from, to: at, items: ranked(vocabulary, token, ["task","staff","unit"], words)};
}
function codeOf(vocabulary, text) { const f = folded(text.trim()); const v = vocabulary.find((x)=>x.kind==="task" && x.keys.includes(f)); return v ? v.code : text.trim(); }
