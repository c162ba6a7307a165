// SPDX-License-Identifier: Apache-2.0
//
// How a case looks, in a report and on the server's pages: for narrow and wide screens and for paper.
// No font, image or other file is asked for. Colour never stands alone; text is at least 4.5:1.
#pragma once

#include "ledger/presentation/html_writer.h"

namespace jejak::presentation {

// The page says its own font and width.
inline constexpr Literal kCaseStyle = R"(
*{box-sizing:border-box}
html{color-scheme:light;-webkit-text-size-adjust:100%}
h1{font-size:1.5rem;line-height:1.25;margin:1rem 0 .25rem}
h2{font-size:1.2rem;margin:2.25rem 0 .75rem;padding-top:.5rem;border-top:2px solid #1a1a1a;break-after:avoid}
h3{font-size:1rem;margin:0;break-after:avoid}
p,ul{margin:.4rem 0}
ul{padding-left:1.2rem}
a{color:#0b4f9e}
code,pre{font-family:ui-monospace,monospace;font-size:.85em;overflow-wrap:anywhere}
pre{white-space:pre-wrap;padding:.6rem;border:1px solid #767676;background:#f6f6f6}
.muted{color:#555}
.small{font-size:.875rem}
.verdicts{display:grid;gap:.75rem;grid-template-columns:repeat(auto-fit,minmax(16rem,1fr));margin:1rem 0}
.verdict{border:2px solid;border-left-width:.6rem;padding:.6rem .8rem;break-inside:avoid}
.verdict b{display:block;font-size:1.1rem;line-height:1.35}
.verdict .what{font-size:.8rem;text-transform:uppercase;letter-spacing:.04em;color:#555}
.verdict.good{border-color:#1b6e3a}.verdict.bad{border-color:#a61b1b}.verdict.open{border-color:#8a5a00}
.badge{display:inline-block;padding:0 .5em;border-radius:.25rem;font-size:.875rem;font-weight:600;white-space:nowrap;border:1px solid}
.badge.good{color:#14532d;background:#e7f5ec}.badge.bad{color:#8c1616;background:#fdeaea}
.badge.open{color:#6b4600;background:#fff4d9}.badge.none{color:#555;background:#f3f3f3}
dl{margin:0;display:grid;grid-template-columns:1fr;gap:0 1rem}
dt{font-weight:600;margin-top:.5rem}
dd{margin:0;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{text-align:left;vertical-align:top;padding:.35rem .6rem .35rem 0;border-bottom:1px solid #d0d0d0;overflow-wrap:anywhere}
th{border-bottom:2px solid #1a1a1a;overflow-wrap:normal}
ul>li{margin:.25rem 0}
td.n{font-variant-numeric:tabular-nums;white-space:nowrap}
td.bar{width:50%}
tr:target{background:#fff4d9}
.rule{border:1px solid #c4c4c4;padding:.6rem .8rem;margin:.6rem 0}
.rule.bad{border-left:.4rem solid #a61b1b}
.rule>ul{list-style:none;padding:0;margin:.4rem 0 0}
.rule>ul>li{border-top:1px solid #d0d0d0;padding:.4rem 0;break-inside:avoid}
svg.time{display:block;break-inside:avoid;overflow:hidden;margin-bottom:.5rem}
svg.mark{overflow:visible}
svg .off{fill:#e9e9ee}
svg .tick{stroke:#b9b9c6;stroke-width:1}
svg .today{stroke:#0b4f9e;stroke-width:2;stroke-dasharray:4 3}
svg .rule{stroke:#c4c4c4;stroke-width:1}
svg text{fill:#1a1a1a;font-size:12px}
svg text.axis,svg text.line{font-size:11px;fill:#444}
svg text.title{font-weight:600}
svg text.late{fill:#8c1616;font-weight:600}
svg .allowed{stroke:#7aa7d9;stroke-width:6}
svg .over{stroke:#a61b1b;stroke-width:3;stroke-dasharray:5 3}
svg .due{stroke:#1a1a1a;stroke-width:2}
svg .plain{fill:#444}svg .met{fill:#1b6e3a}
svg .missed{stroke:#a61b1b;stroke-width:3;fill:none}
svg .pending{stroke:#6b4600;stroke-width:2;fill:#fff}
.key{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;font-size:.875rem;margin:.4rem 0 1rem}
.key svg{width:22px;height:14px;vertical-align:-2px}
@media (min-width:45rem){
dl{grid-template-columns:14rem 1fr}
dt{margin:0;padding:.2rem 0}dd{padding:.2rem 0}
}
@media (max-width:44.99rem){
thead{display:none}
table,tbody,tr,td{display:block}
tr{border-bottom:1px solid #8c8c96;padding:.4rem 0}
td{border:0;padding:.05rem 0}
td:empty{display:none}
td[data-is]::before{content:attr(data-is) ": ";font-weight:600}
}
@page{margin:15mm}
@media print{
body{font-size:10pt;max-width:none;padding:0}
a{color:inherit;text-decoration:none}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
tr,.rule>ul>li,.verdict{break-inside:avoid}
}
)";

}  // namespace jejak::presentation
