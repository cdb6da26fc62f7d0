"""Which questions of an XForm are shown, read as the ODK XForms specification says: a question is relevant when its own
`relevant` and those of all groups around it hold, and what is not relevant has no value."""

import xml.etree.ElementTree as ET
from functools import cache, cached_property

from elementpath import Selector, XPath1Parser

XF = "{http://www.w3.org/2002/xforms}"
ORDER = {f"{XF}group", f"{XF}select1", f"{XF}input"}


class XForm:
    """An XForm as pyxform writes it."""

    def __init__(self, xml: str) -> None:
        self._form = ET.fromstring(xml)  # noqa: S314  (our own form)

    @cached_property
    def relevant(self) -> dict[str, str]:
        """The `relevant` of each place that has one."""
        return {bind.get("nodeset", ""): bind.get("relevant", "") for bind in self._form.iter(f"{XF}bind")}

    @cached_property
    def questions(self) -> list[str]:
        """The places of all groups and questions, in the order in which they are asked."""
        body = self._form.find("{http://www.w3.org/1999/xhtml}body")
        assert body is not None
        return [one.get("ref", "") for one in body.iter() if one.tag in ORDER]

    def shown(self, given: dict[str, str]) -> list[str]:
        """The names of the questions that are shown for these values by name, in order."""
        values = dict(given)
        while True:
            instance = self._instance(values)
            shown = [ref for ref in self.questions if self._holds(ref, instance)]
            names = [ref.rpartition("/")[2] for ref in shown]
            still = {name: value for name, value in values.items() if name in names}
            if still == values:
                return names
            values = still

    def _instance(self, values: dict[str, str]) -> ET.ElementTree:
        root = ET.Element("data")
        places = {"/data": root}
        for ref in self.questions:
            above, _, name = ref.rpartition("/")
            places[ref] = ET.SubElement(places[above], name)
            places[ref].text = values.get(name)
        return ET.ElementTree(root)

    def _holds(self, ref: str, instance: ET.ElementTree) -> bool:
        above = ref
        while above != "/data":
            rule = self.relevant.get(above)
            if rule and not _test(rule).select(instance):
                return False
            above = above.rpartition("/")[0]
        return True


@cache
def _test(rule: str) -> Selector:
    return Selector(f"boolean({rule})", parser=XPath1Parser)
