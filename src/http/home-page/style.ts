/**
 * The page's style sheet. The values are those of the design language; the page carries them itself, so that it
 * asks for nothing but itself.
 */
export const homePageStyle = `
:root{color-scheme:light dark;
--surface-0:light-dark(oklch(.968 .005 92),oklch(.172 .004 80));--surface-1:light-dark(oklch(.995 .0015 95),oklch(.206 .005 80));--surface-2:light-dark(oklch(.965 .005 92),oklch(.242 .006 80));--surface-3:light-dark(oklch(.928 .007 90),oklch(.296 .007 80));
--hover:light-dark(oklch(.3 .015 80/.045),oklch(.98 .01 90/.05));
--hairline:light-dark(oklch(.905 .007 90),oklch(.288 .007 80));--hairline-strong:light-dark(oklch(.835 .009 88),oklch(.37 .009 80));--control-line:light-dark(oklch(.64 .012 85),oklch(.53 .011 80));
--text-1:light-dark(oklch(.232 .011 70),oklch(.948 .005 90));--text-2:light-dark(oklch(.425 .012 75),oklch(.768 .009 88));--text-3:light-dark(oklch(.515 .012 80),oklch(.672 .01 86));
--accent:light-dark(oklch(.462 .083 170),oklch(.81 .098 168));--accent-hover:light-dark(oklch(.4 .075 170),oklch(.87 .092 168));
--good-solid:light-dark(oklch(.6 .135 152),oklch(.74 .145 154));
--info:light-dark(oklch(.485 .115 250),oklch(.8 .085 248));--info-bg:light-dark(oklch(.955 .02 248),oklch(.282 .034 250));
--code-str:light-dark(oklch(.5 .1 60),oklch(.83 .09 80));--code-num:light-dark(oklch(.485 .115 250),oklch(.8 .085 248));
--ui:Inter,system-ui,-apple-system,"Segoe UI",Roboto,"PingFang SC","Microsoft YaHei UI","Noto Sans CJK SC","Noto Sans SC",sans-serif;
--mono:ui-monospace,"SF Mono","JetBrains Mono","Cascadia Mono",Menlo,Consolas,"Noto Sans Mono CJK SC",monospace;
--body:400 15px/24px var(--ui);--meta:400 13px/18px var(--ui);--micro:500 12px/16px var(--ui);--fold:160ms}
:root:lang(zh){--body:400 15px/26px var(--ui);--meta:400 13px/20px var(--ui)}
*,::before,::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;min-height:100dvh;display:flex;flex-direction:column;background:var(--surface-0);color:var(--text-1);font:400 14px/20px var(--ui);font-synthesis:none;-webkit-font-smoothing:antialiased;text-rendering:optimizeLegibility;text-autospace:normal;letter-spacing:-.006em}
:lang(zh) body{letter-spacing:0}
h1,h2,h3,p,ul,ol,dl,dd,pre{margin:0;padding:0}ul,ol{list-style:none}
h1{font:600 22px/30px var(--ui);letter-spacing:-.014em}h2{font:600 16px/24px var(--ui);letter-spacing:-.006em;margin-bottom:12px}h3{font:500 14px/20px var(--ui);margin:20px 0 2px}
:lang(zh) :is(h1,h2){letter-spacing:0}
a{color:var(--accent);text-decoration:none}a:hover{color:var(--accent-hover);text-decoration:underline;text-underline-offset:3px}
:focus{outline:none}:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}pre:focus-visible{outline-offset:-2px;border-radius:8px}
::selection{background:oklch(from var(--accent) l c h/.22)}
.i{width:16px;height:16px;flex:none;fill:none;stroke:currentColor;stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}
.b5{font-weight:500}.t2{color:var(--text-2)}.t3{color:var(--text-3)}.r{text-align:right}
.meta{font:var(--meta);color:var(--text-2);text-wrap:pretty}.meta.t3{color:var(--text-3)}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
code,pre{font-family:var(--mono);font-variant-ligatures:none}
:is(p,li,dd)>code{font-size:.9em;font-weight:500;background:var(--hover);border-radius:4px;padding:.1em .28em;box-decoration-break:clone;-webkit-box-decoration-break:clone;overflow-wrap:anywhere}

header{display:flex;align-items:center;justify-content:space-between;padding:16px 28px}
header svg{display:block}
.language{display:inline-flex;align-items:center;gap:6px;height:28px;padding:0 10px;border-radius:8px;font:500 13px/18px var(--ui);color:var(--text-2)}
.language:hover{background:var(--hover);color:var(--text-1);text-decoration:none}
main{width:100%;max-width:848px;margin:0 auto;padding:56px 40px 24px;flex:1}
.about{font:var(--body);color:var(--text-2);margin:8px 0 32px;max-width:70ch}.about p{text-wrap:pretty}.about p+p{margin-top:2px}
section{border-top:1px solid var(--hairline);padding:24px 0 32px}

.routes li{display:flex;align-items:center;gap:12px;min-height:36px}
.names{display:flex;flex-wrap:wrap;gap:0 12px;font-weight:500;min-width:0;overflow-wrap:anywhere}
.road{flex:1;min-width:24px;height:2px;border-radius:1px;background:var(--hairline-strong)}
.road.dashed{background:repeating-linear-gradient(90deg,var(--hairline-strong) 0 8px,transparent 8px 14px)}
.sign{width:8px;height:8px;border-radius:50%;flex:none}.sign.open{background:var(--good-solid)}.sign.off{box-shadow:inset 0 0 0 1.5px var(--text-3)}
.upstream{min-width:0;overflow-wrap:anywhere}
.badge{display:inline-flex;align-items:center;height:22px;padding:0 8px;border-radius:6px;font:var(--micro);white-space:nowrap;flex:none}.badge.info{background:var(--info-bg);color:var(--info)}
.banner{display:flex;gap:10px;padding:10px 14px;margin-top:12px;border-radius:12px;background:var(--info-bg)}.banner .i{margin-top:2px;color:var(--info)}.banner p{text-wrap:pretty}.banner code{background:none;padding:0}.about+.banner{margin:-12px 0 28px}
.ways{margin-top:12px;border-radius:12px;background:var(--surface-1);box-shadow:inset 0 0 0 1px var(--hairline)}
.ways li{padding:12px 16px}.ways li+li{border-top:1px solid var(--hairline)}
.way{display:flex;flex-wrap:wrap;align-items:center;gap:2px 8px;min-height:22px}
.one{font-size:13px;line-height:21px;color:var(--text-2);white-space:pre-wrap;overflow-wrap:anywhere;-webkit-user-select:all;user-select:all;margin-top:2px}

.base{display:grid;grid-template-columns:auto minmax(0,1fr);gap:6px 16px;margin-bottom:16px}.base dt{color:var(--text-2)}.base code{-webkit-user-select:all;user-select:all}
.code{border-radius:12px;background:var(--surface-1);box-shadow:inset 0 0 0 1px var(--hairline);overflow:hidden}
.code pre{font-size:13px;line-height:21px;padding:14px 16px;overflow:auto;tab-size:2;-webkit-user-select:all;user-select:all}
.caption{display:flex;justify-content:space-between;gap:12px;padding:9px 16px 0;font:var(--meta);color:var(--text-3)}.caption+pre{padding-top:8px}
.key{color:var(--accent)}.string{color:var(--code-str)}.number{color:var(--code-num)}
.code+.meta{margin-top:12px}

table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums lining-nums;margin-bottom:12px}
thead th{font:var(--micro);color:var(--text-3);text-align:left;height:32px;padding:0 12px}
td,tbody th{padding:10px 12px;border-top:1px solid var(--hairline);font-weight:400;text-align:left;vertical-align:top}
tbody tr:last-child>*{border-bottom:1px solid var(--hairline)}
:is(th,td):first-child{padding-left:0}:is(th,td):last-child{padding-right:0}:is(th,td).r{text-align:right;white-space:nowrap}
.model{font-weight:500;overflow-wrap:anywhere}.sub{display:block;font:var(--meta);color:var(--text-3)}
.modalities,.context{color:var(--text-2)}

.folds{border-top:1px solid var(--hairline)}details{border-bottom:1px solid var(--hairline)}
section>details{border:0;margin-top:8px}section>details[open]{padding-bottom:0}
.folds+.meta{margin-top:16px}
summary{display:flex;align-items:center;gap:10px;min-height:44px;cursor:pointer;font-weight:500;list-style:none}summary::-webkit-details-marker{display:none}
summary .i{color:var(--text-3);transition:rotate var(--fold) cubic-bezier(.2,0,0,1)}[open]>summary .i{rotate:90deg}
summary .t3{font-weight:400;font-size:13px}
.fold{padding:0 0 16px 26px}.fold ol{list-style:decimal;padding-left:20px;color:var(--text-2)}.fold li::marker{color:var(--text-3)}.fold ol li{padding:3px 0 3px 2px}.fold p{color:var(--text-2)}.fold .code{margin-top:12px}
.fold .ways{margin-top:8px}

.links{display:flex;flex-wrap:wrap;gap:8px 24px;border-top:1px solid var(--hairline);padding:16px 0 24px;font:var(--meta);color:var(--text-3)}
.links a{text-decoration:underline;text-underline-offset:3px;text-decoration-thickness:1px;text-decoration-color:oklch(from var(--accent) l c h/.4)}
footer{position:relative;overflow:hidden;padding-top:164px;text-align:center;font:var(--meta);color:var(--text-3)}
footer p{padding:10px 20px;position:relative}
.scene{position:absolute;left:0;right:0;bottom:36px;width:100%;height:180px;color:var(--hairline-strong)}.hill{stroke:var(--hairline)}.gate{color:var(--control-line)}.gate .fill{fill:var(--surface-0);stroke:none}

@media(max-width:768px){
header{padding:12px 20px}.language{height:44px}main{padding:16px 20px 16px}h1{font:600 20px/28px var(--ui)}.about{margin-bottom:24px}section{padding:20px 0 24px}
.caption span+span{display:none}.one{padding:6px 0}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table,tbody{display:block}
tbody tr{display:grid;grid-template-columns:minmax(0,1fr) auto;grid-template-areas:"model in" "model out" "modalities context";gap:2px 16px;padding:12px 0;border-top:1px solid var(--hairline)}
tbody tr:last-child{border-bottom:1px solid var(--hairline)}
tbody tr:nth-child(n)>*{border:0;padding:0}
.model{grid-area:model}.modalities{grid-area:modalities}.context{grid-area:context}.in{grid-area:in}.out{grid-area:out}
.modalities,.context{font:var(--meta);color:var(--text-3)}
td[data-label]::before{content:attr(data-label);font:var(--meta);color:var(--text-3);margin-right:8px}
.fold{padding-left:0}
.base{grid-template-columns:minmax(0,1fr);gap:2px}.base dd+dt{margin-top:6px}
footer{padding-top:104px}.scene{height:110px;width:792px;left:auto;right:-72px}}
@media(prefers-reduced-motion:reduce){:root{--fold:0ms}}
@media(prefers-contrast:more){:root{--hairline:light-dark(oklch(.7 .01 85),oklch(.5 .01 80));--hairline-strong:var(--control-line);--text-2:var(--text-1);--text-3:light-dark(oklch(.42 .012 80),oklch(.8 .01 86))}}
`;
