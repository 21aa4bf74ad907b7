"""Tables as their publishers write them, a few rows each, to convert."""

import csv
from io import StringIO

from django.core.management import call_command

from occupations.catalogue.tables import TABLES
from tests.occupations.published_training import TRAINING
from tests.occupations.small_catalogue import write_tables

COLUMNS = {table.name: list(table.by_name) for table in TABLES}
PUBLISHED = {
    "structure": """\
edition,code,level,title,parent_code,skill_level,skill_level_nz
anzsco-2013,14,sub_major,Service Managers,1,2,2
anzsco-2013,149212,occupation,Customer Service Manager,1492,2,3
anzsco-2013,131111,retired,code retired,1311,,
osca-2024,14,sub_major,Other Managers,1,2/3,2/3
osca-2024,149231,occupation,Officer,1492,1,1
""",
    "titles": "edition,code,kind,title\nanzsco-2022,111111,specialisation,Director-General\n",
    "correspondences": """\
from_edition,from_code,to_edition,to_code,partial,origin
osca-2024,149231,anzsco-2022,149212,p,published
anzsco-2021,149212,anzsco-2022,149212,,published
anzsco-2022,149212,isco-08,1439,p,published
anzsco-2022,149211,isco-08,1439,,published
""",
    "occupation_lists_2026": """\
occupation,anzsco_2013,anzsco_2022,lists,visas,assessing_authorities
On both,221111,221111,MLTSSL|CSOL,189|491F|482|186,CAANZ|IPA
On an earlier list,149212,,STSOL,190|489S,VETASSESS
Named CSOL without its visas,263311,,MLTSSL|CSOL,189,Engineers Australia
Visas of the CSOL without its name,253917,253917,MLTSSL,189|482|186,MedBA
Code in the wrong column,,252112,MLTSSL,189,AOAC
New in 2022,,121611,CSOL,482|186,VETASSESS
Closed list,312113,,RSMS ROL,,
For a part,224999,224999,STSOL|CSOL,190|482|186,VETASSESS|ACS (Data Scientist only)
""",
    "vetassess_groups": "code,group\n149212,C\n221111,A\n224999,B\n",
    "isco_08_titles": "code,title\n1439,Services managers not elsewhere classified\n",
    "asced_fields": """\
asced_foe_broad_code,asced_foe_broad,asced_foe_narrow_code,asced_foe_narrow,\
asced_foe_detailed_code,asced_foe_detailed
08,Management and Commerce,0803,Business and Management,080301,Business Management
08,Management and Commerce,0805,Sales and Marketing,080501,Sales
""",
    "asced_levels": """\
asced_qual_broad_code,asced_qual_broad,asced_qual_narrow_code,asced_qual_narrow,\
asced_qual_detailed_code,asced_qual_detailed
5,Certificate Level,51,Certificate III & IV Level,511,Certificate IV
""",
    "licensing": "edition,code,licensing\nanzsco-2022,133111,may_be_required\n",
    "specialist_tasks": """\
code,task,share_of_time,cluster,family
1492,Direct the efficency of staff,0.1562,Manage staff,Business operations
149212,Handle complaints,0.5,Serve customers,Customer service
""",
    "core_competencies": "code,competency,score,proficiency\n149212,Teamwork,7,Intermediate\n",
    "technology_tools": "code,tool\n1492,Telephone systems\n149212,Spreadsheets\n",
    "shortage_2024": """\
anzsco_unit_code,title,shortage_driver,national,nsw,vic,qld,sa,wa,tas,nt,act,skill_level
1492,Managers,Short Training gap,Shortage,No Shortage,Regional Shortage,Shortage,\
Shortage,Shortage,Shortage,Shortage,No Shortage,2
""",
    "core_skills_list_2024_12": "code\n121611\n",
    "skilled_lists_2024_10": """\
code,assessing_authority,lists,visa_subclasses,caveat_visas
149212,VETASSESS,STSOL|ROL,482_tss|187|190|491_state|494|407,SC482
111111,IML,MLTSSL|PMSOL,482_tss|186|491_family,SC482 & 186
""",
    "caveat_members_2022_03": 'code,number,programs\n149212,2,"TSS, ENS"\n',
    "caveats_2026": """\
occupation,anzsco_2013,anzsco_2022,visas,title,text
Accountant,221111,221111,482|186,Low skilled tasks,No clerical positions
Accountant,221111,221111,482|186,Business size,"Turnover below AUD1,000,000"
Accountant,221111,221111,482|186,Business size,A business with fewer than 5 employees
Flower Grower,121212,121611,482|186,Low skilled tasks,Example: feeding of livestock
Workplace Relations Adviser,223113,223113,482|186,Low skilled tasks,Example: feeding of livestock
""",
    "state_nomination_2024_10": """\
code,subclass,jurisdiction
149212,190,SA
149212,491,NSW_Rivarina
149212,491,NSW_Far South Coast
133211,491 (NSW_Hunter),?0
""",
    "skillselect_eoi_2025_12": """\
visa_type,code,status,points,count,state
491SNR State or Territory Nominated - Regional,149413,SUBMITTED,80.0,31.0,
190SAS Skilled Australian Sponsored,149413,CLOSED,100.0,10.0,"ACT, ANY"
""",
    **TRAINING,
}


def converted(folder, name, **tables):
    """Convert published tables and give one of the catalogue's own, without its header."""
    published = write_tables(folder / "published", {**PUBLISHED, **tables})
    into = folder / "own"
    into.mkdir(exist_ok=True)
    out = StringIO()
    call_command("convert_tables", str(published), "--into", str(into), stdout=out)
    with (into / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == COLUMNS[name]
    assert f"{name:32}{len(rows):8} rows" in out.getvalue()
    return [",".join(row) for row in rows]
