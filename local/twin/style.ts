/** Looks of the page: system fonts, the reader's choice of light or dark, and nothing from elsewhere. */
export const stylesheet = `:root {
  color-scheme: light dark;
  --page: #fbfaf8; --card: #ffffff; --ink: #1d1f24; --quiet: #5c6270; --line: #e1dfda; --signal: #b3261e; --good: #1c6b3c; --accent: #1f4e8c;
}
@media (prefers-color-scheme: dark) {
  :root { --page: #14161a; --card: #1c1f25; --ink: #e9e7e3; --quiet: #a2a8b4; --line: #333842; --signal: #ff8a7d; --good: #7fd6a2; --accent: #9cc2f5; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
header, main, footer { max-width: 72rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2rem; }
h1 { margin: 0; font-size: 1.7rem; letter-spacing: -0.02em; }
h2 { margin: 2.5rem 0 0.5rem; font-size: 1.2rem; }
p { max-width: 68ch; }
header p, .doc, footer { color: var(--quiet); }
.doc { margin: 0 0 0.75rem; font-size: 0.9rem; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.4rem 1.2rem; margin: 1rem 0 0; padding: 0; list-style: none; font-size: 0.95rem; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 0.5rem; background: var(--card); padding: 0.3rem 0.8rem; }
.numbers { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 0.75rem; margin: 1.5rem 0 0; }
.numbers div { background: var(--card); border: 1px solid var(--line); border-radius: 0.5rem; padding: 0.8rem 1rem; }
.numbers dt { color: var(--quiet); font-size: 0.85rem; }
.numbers dd { margin: 0; font-size: 1.45rem; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 0.5rem; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
caption { padding: 0.6rem 0.9rem; text-align: left; color: var(--quiet); font-size: 0.85rem; }
th, td { padding: 0.35rem 0.9rem; text-align: left; white-space: nowrap; border-top: 1px solid var(--line); }
thead th { color: var(--quiet); font-weight: 600; }
.number { text-align: right; }
.found, .missed { font-weight: 600; }
.found { color: var(--good); }
.missed { color: var(--signal); }
footer { padding-top: 2rem; padding-bottom: 3rem; font-size: 0.9rem; }
code { font-size: 0.9em; }
`;

/** A signal in a screen, for the tab of the browser. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1f4e8c"/><path d="M5 17h5l3-8 5 15 4-11 2 4h4" fill="none" stroke="#fff" stroke-width="2.5" stroke-linejoin="round" stroke-linecap="round"/></svg>
`;
