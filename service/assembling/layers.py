"""Optional content (ISO 32000-1, 8.11) of several files in one: a layer hidden in a part stays hidden in the packet."""

from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, String


def merged_layers(properties: Sequence[pikepdf.Object]) -> Dictionary:
    """One set of layers from the ``/OCProperties`` of the parts, already copied into the packet."""
    groups = [group for each in properties for group in each.get("/OCGs", Array())]
    hidden = [group for each in properties for group in _hidden(each)]
    order = [entry for each in properties for entry in each.get("/D", Dictionary()).get("/Order", Array())]
    shown = Dictionary(Name=String("As filed"), BaseState=Name.ON, OFF=Array(hidden), Order=Array(order))
    return Dictionary(OCGs=Array(groups), D=shown)


def _hidden(properties: pikepdf.Object) -> list[pikepdf.Object]:
    default = properties.get("/D", Dictionary())
    if default.get("/BaseState") != Name.OFF:
        return list(default.get("/OFF", Array()))
    on = {group.objgen for group in default.get("/ON", Array())}
    return [group for group in properties.get("/OCGs", Array()) if group.objgen not in on]
