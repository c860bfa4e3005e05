"""The words that titles are made of: roles, the fields they are in, and what may stand before them."""

from __future__ import annotations

import re

_ROLES = """
president; vice president; vice-president; prime minister; deputy prime minister; first deputy prime minister; first minister; deputy first minister; premier;
chancellor; vice chancellor; vice-chancellor; minister; deputy minister; minister of state; first deputy minister; secretary of state; secretary; foreign secretary; under secretary;
undersecretary; deputy secretary; assistant secretary; secretary general; secretary-general; general secretary; deputy secretary general; king; queen; emperor; emir; sultan; grand duke; pope; monarch; supreme leader;
governor; deputy governor; lieutenant governor; governor general; governor-general; mayor; deputy mayor; lord mayor; attorney general; attorney-general; solicitor general;
solicitor-general; prosecutor general; prosecutor-general; chief prosecutor; speaker; deputy speaker; chairman; chairwoman; chairperson; chair; vice chairman; vice chair;
vice-chair; vice-chairman; deputy chairman; deputy chair; co-chair; co-chairman; director general; director-general; general director; deputy director general; deputy director-general; executive director; managing director; director;
deputy director; administrator; deputy administrator; head; deputy head; chief; deputy chief; boss; deputy boss; chief executive; chief executive officer; deputy chief executive; ceo; co-ceo; deputy ceo;
chief operating officer; coo; chief financial officer; cfo; commissioner; deputy commissioner; high commissioner; deputy high commissioner; commander; commander-in-chief; commander in chief; deputy commander; ambassador;
permanent representative; deputy permanent representative; chief justice; treasurer; comptroller; ombudsman; chief of staff; deputy chief of staff; chief of the general staff; chief of the defence staff; chief of general staff; head of state;
head of government; superintendent; surgeon general; inspector general; postmaster general; provost; rector; dean; leader; deputy leader; manager; head coach; coach; captain;
president pro tempore; general manager; editor; editor-in-chief; editor in chief; principal; headteacher; director-designate; co-director; co-president; co-leader; co-head
"""
ROLES: frozenset[tuple[str, ...]] = frozenset(
    tuple(re.split(r"[ ]", role.strip())) for role in _ROLES.replace("\n", " ").split(";") if role.strip()
)

ORG_HEADS = frozenset(
    ["head", "chief", "boss", "leader", "director", "administrator", "ceo", "president", "chair", "chairman", "chairwoman", "chairperson", "governor", "commissioner", "superintendent", "rector"]
) | {"director general", "director-general", "general director", "executive director", "managing director", "chief executive", "chief executive officer", "secretary general", "secretary-general", "general manager"}  # fmt: skip

MODIFIERS = frozenset(
    (
        "new newly current incumbent sitting serving incoming outgoing acting interim caretaker former ex then "
        "then- late longtime long-time veteran embattled ousted billionaire elected re-elected appointed "
        "designated powerful controversial influential popular first second third 1st 2nd 3rd own long-serving "
        "longest-serving youngest oldest chief then-acting ex-acting one-time onetime recently-appointed "
        "newly-elected newly-appointed deposed disgraced flamboyant outspoken charismatic conservative liberal "
        "socialist centrist reformist centre-right centre-left center-right center-left multibillionaire tech "
        "transitional self-declared self-styled exiled jailed retiring departing"
    ).split()
)
FIELDS = frozenset(
    (
        "finance foreign affairs external defence defense interior home justice health education trade industry "
        "energy environment agriculture farm transport transportation labour labor culture economy economic "
        "economics development science sports sport tourism housing immigration europe european social security "
        "national intelligence treasury commerce welfare communications technology climate water fisheries "
        "infrastructure police army navy air force space agency central bank reserve company party parliament "
        "parliamentary state opposition government programme program public works regional rural urban planning "
        "budget interior digital innovation research higher railway railways aviation food family families women "
        "gender equality youth children migration integration information media mining mines petroleum oil gas "
        "power nuclear emergency emergencies emergency-situations situations constitutional electoral election "
        "statistics tax revenue customs prisons prison fire rescue human resources rights investment industries "
        "business enterprise employment work pensions local municipal city county provincial district supreme "
        "court high intelligence spy secret service military general staff broadcasting television tv radio "
        "football olympic committee commission council organisation organization union association federation "
        "federal fund institute university museum weather meteorological coast guard border patrol port airport "
        "airline bus rail water utility hospital"
    ).split()
)
