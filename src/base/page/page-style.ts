/** The look of every page that we write, light and dark. */
export const pageStyle = `
:root{color-scheme:light dark;--paper:#faf8f4;--card:#fff;--ink:#1f2328;--soft:#68707a;--line:#e4e0d8;
--kept:#2f7d5b;--kept-soft:#d8ebe1;--read:#3b6ea8;--drop:#c2573a;--drop-soft:#f6e0d9;--twin:#a3782b;--shade:#f1eee7}
@media(prefers-color-scheme:dark){:root{--paper:#15181c;--card:#1d2126;--ink:#e6e3dc;--soft:#98a0a9;--line:#31363d;
--kept:#5fbf93;--kept-soft:#1f3a2f;--read:#7aabe0;--drop:#e58a6d;--drop-soft:#46291f;--twin:#d8ae62;--shade:#262b31}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif}
main{max-width:68rem;margin:0 auto;padding:3rem 1.5rem 5rem}
h1{font-size:2.4rem;line-height:1.2;margin:0;letter-spacing:-.02em}
h2{font-size:1.35rem;margin:3.2rem 0 .3rem;letter-spacing:-.01em}
h3{font-size:1rem;margin:1.4rem 0 .4rem}
h2 span,h3 span,.tile span,th span{color:var(--soft);font-weight:400}
h2 span{margin-left:.5em;font-size:1.05rem}
p{margin:.2rem 0 1rem}
.soft{color:var(--soft)}
.id{font:.8rem/1.4 ui-monospace,SFMono-Regular,Menlo,monospace;color:var(--soft);overflow-wrap:anywhere}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(10rem,1fr));gap:1rem;margin:1.8rem 0 0}
.tile{background:var(--card);border:1px solid var(--line);border-radius:.8rem;padding:.9rem 1.1rem}
.tile b{display:block;font-size:1.7rem;line-height:1.3;font-variant-numeric:tabular-nums;letter-spacing:-.01em}
.tile span{font-size:.85rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:.8rem;padding:1.2rem 1.3rem;margin:.9rem 0;overflow-x:auto}
svg{display:block;width:100%;height:auto}
svg text{fill:var(--ink);font-size:13px;font-family:inherit;font-variant-numeric:tabular-nums}
svg text.soft{fill:var(--soft);font-size:12px}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th{font-weight:600;font-size:.85rem;text-align:left;color:var(--soft);padding:.2rem .6rem .5rem 0;border-bottom:1px solid var(--line);vertical-align:bottom}
td{padding:.4rem .6rem .4rem 0;border-bottom:1px solid var(--line);vertical-align:middle}
tr:last-child td{border-bottom:0}
.n{text-align:right;white-space:nowrap}
.bar{display:block;height:.7rem;min-width:2px;border-radius:.2rem;background:var(--drop)}
.bar.kept{background:var(--kept)}.bar.duplicate{background:var(--twin)}.bar.read{background:var(--read)}
.wide{width:32%;min-width:6rem}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:1rem}
@media(max-width:44rem){.pair{grid-template-columns:1fr}h1{font-size:1.8rem}}
.text{background:var(--card);border:1px solid var(--line);border-left:.28rem solid var(--kept);border-radius:.5rem;padding:.7rem .9rem;margin:.6rem 0}
.text.dropped{border-left-color:var(--drop)}.text.duplicate{border-left-color:var(--twin)}
.text pre{margin:.35rem 0 0;white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;font-size:.88rem;line-height:1.55;max-height:14rem;overflow-y:auto}
.prompt{margin:0 0 .7rem;white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;font-weight:600}
.badge{display:inline-block;background:var(--drop-soft);color:var(--drop);border-radius:.35rem;padding:.05rem .5rem;font-size:.78rem;font-weight:600}
.badge.kept{background:var(--kept-soft);color:var(--kept)}
details{margin:.6rem 0}summary{cursor:pointer;padding:.2rem 0}
code{font:.82rem/1.5 ui-monospace,SFMono-Regular,Menlo,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
`;
