"""The Typst definitions that documents begin with: Word's way of breaking and spacing lines, and a few shapes.

What a document does not use is left out: every rule in force is looked at again for every character that is set.
"""

import re
from typing import Final

END_MARK: Final = "document-end"
"""A label on the last page; no bookmark of Word can be called so."""

BLANK_LINE: Final = "Blank"
"""Gives a line that holds nothing else its height, and leaves no text behind."""

BREAK: Final = "Break"
"""A typed line break, which spreads the line before it in a justified paragraph, as Word does."""

_ALWAYS: Final = """\
#set text(lang:"en",region:"us",kerning:false,ligatures:false,hyphenate:false,overhang:false,fallback:false)
#set par(leading:0pt,spacing:0pt,linebreaks:"simple")
#set block(spacing:0pt)
"""
_RULES: Final = (
    (
        ("super(", "footnote("),
        """\
#set super(typographic:false,baseline:-.33em,size:.65em)
#show super:set text(top-edge:"baseline",bottom-edge:"baseline")
""",
    ),
    (
        ("sub(",),
        """\
#set sub(typographic:false,baseline:.14em,size:.65em)
#show sub:set text(top-edge:"baseline",bottom-edge:"baseline")
""",
    ),
    (
        ("heading(",),
        """\
#show heading:set text(size:1em,weight:"regular")
#show heading:set block(above:0pt,below:0pt)
""",
    ),
    (
        ("justify:true",),
        """\
#set par(justification-limits:(spacing:(min:100%,max:1000%)))
""",
    ),
    (
        ("underline(",),
        """\
#set underline(evade:false,offset:.12em,stroke:.05em)
""",
    ),
    (
        ("footnote(",),
        """\
#show footnote.entry:set par(leading:0pt,spacing:0pt)
""",
    ),
    (
        ("List(",),
        """\
#set enum(indent:0pt,body-indent:0pt,spacing:0pt,number-align:start+top)
""",
    ),
)
"""Rules, and the marks in the code of a document that call for them."""

_SHAPES: Final = """\
#let Leader(w,c)=box(width:w,repeat(justify:false,c))
#let LeaderFill(c)=box(width:1fr,align(right,repeat(justify:false,c)))
#let Rule(w)=box(width:w,stroke:(bottom:.6pt),outset:(bottom:1.6pt))
#let Small(b)=text(size:.8em,b)
#let Bands(c)=((c,0%),(c,33%),(white,33%),(white,67%),(c,67%),(c,100%))
#let Double(w,c,a)=stroke(thickness:w,paint:gradient.linear(..Bands(c),angle:a))
#let FootFloat(h)=place(bottom,float:true,clearance:0pt,block(height:h))
#let Same(a,b)={assert(.01pt>calc.abs(a - b),message:"headers of odd and even pages differ in height");a}
#let Footroom(h)={assert(h>-.01pt,message:"the first footer is lower than the next");FootFloat(h)}
#let Empty(h,s)=block(height:h,width:100%,breakable:false,sticky:s)
#let Break=context linebreak(justify:par.justify)
#let Blank=box(width:0pt,hide("x"))
#let Label(x,b)=box(width:0pt,box(width:400pt,{h(x);b}))
#let Beyond(w,b)=box(width:0pt,box(width:w,b))
#let Centred(b)=box(width:0pt,align(center,box(width:600pt,align(center,b))))
#let Ending(b)=box(width:0pt,align(right,box(width:600pt,align(right,b))))
#let AtLeast(h,v,b)=grid(columns:(0pt,1fr),align:v,box(height:h),b)
#let List(l,..i)=enum(numbering:(..n)=>l.at(n.pos().last()-1),..i)
#let PageNow=context counter(page).display()
#let PageAs(f)=context counter(page).display(f)
#let PageOf(l)=context{let at=locate(label(l));numbering(at.page-numbering(),..counter(page).at(at))}
#let PageLast=context locate(label("document-end")).page()
"""
"""``Centred`` and ``Ending`` place text of unknown width on a tab stop; ``Beyond`` holds a line past the margin."""
_COUNTED: Final = "#let PageLast=context counter(page).final().first()\n"
"""Where page numbers run from one without a break the last is the number of pages, and found in less time."""
_NAMED: Final = tuple((found[1], found[0]) for found in reversed(list(re.finditer(r"#let (\w+).*\n", _SHAPES))))
"""The shapes by their names, the last one first: a shape may be made of earlier ones."""


def prelude(code: str) -> str:
    """What this code of a document needs to stand before it; text that looks like code may ask for more."""
    rules = (rules for marks, rules in _RULES if any(mark in code for mark in marks))
    shapes: list[str] = []
    for name, shape in _NAMED:
        if name in code or any(name in each for each in shapes):
            shapes.insert(0, shape)
    counted = [] if "counter(page).update(" in code or "PageLast" not in code else [_COUNTED]
    return "".join((_ALWAYS, *rules, *shapes, *counted))
