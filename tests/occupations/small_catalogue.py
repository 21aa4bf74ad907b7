"""A catalogue of a few rows, to break one cell at a time."""

SMALL = {
    "sources": """\
slug,title,publisher,licence,as_at_on,is_official,url,note,next_check_on
anzsco,ANZSCO,Statistics,CC BY 4.0,2022-11-22,yes,https://example.org/anzsco,,
""",
    "editions": """\
slug,classification,title,short_title,publisher,licence,released_on,superseded_by,used_for,url
first,ANZSCO,First edition,First,Statistics,CC BY 4.0,2013-06-26,second,,
second,ANZSCO,Second edition,Second,Statistics,CC BY 4.0,2022-11-22,,Visas,
""",
    "groups": """\
edition,code,level,title,parent,skill_level,skill_level_nz
second,1,major,Managers,,1/2,1/2
second,14,sub_major,Service Managers,1,2,2
second,149,minor,Other Service Managers,14,2,2
second,1492,unit,Call Centre Managers,149,2,2
first,1,major,Managers,,,
first,14,sub_major,Service Managers,1,,
first,149,minor,Other Service Managers,14,,
first,1492,unit,Call Centre Managers,149,,
""",
    "occupations": """\
edition,code,title,unit_group,skill_level,skill_level_nz,retired
first,149211,Call Centre Manager,1492,2,2,no
second,149211,Call or Contact Centre Manager,1492,2,3,no
second,149212,Customer Service Manager,1492,2,,no
""",
    "other_titles": """\
edition,occupation,kind,title
second,149212,alternative,Client Service Manager
""",
    "correspondences": """\
from_edition,from_code,to_edition,to_code,is_partial,origin
first,149211,second,149211,no,published
""",
    "visas": """\
subclass,title,reads_edition,is_open,url
482,Skills in Demand,second,yes,
""",
    "occupation_lists": "slug,acronym,title,url\ncsol,CSOL,Core list,\n",
    "list_memberships": """\
list,edition,occupation,source,visas,authority_named
csol,second,149212,anzsco,482|482S,
""",
    "training_packages": "code,title\nBSB,Business Services\n",
    "qualifications": """\
code,title,training_package,aqf_type,aqf_level,is_title_cut,usage_recommendation,is_held
BSB40307,Certificate IV in Customer Contact,BSB,Certificate IV,4,no,Superseded,yes
""",
    "qualification_releases": """\
qualification,release,released_on,stated_unit_count,url
BSB40307,1,2009-03-10,30,
""",
    "units": """\
code,title,usage_recommendation,usage_from_on,release,released_on,training_package,\
field_of_education,is_held
BSBCCO402A,Gather and record information,Superseded,,,,,,yes
BSBCUS401A,Coordinate customer service,,,,,,,yes
""",
    "packaged_units": """\
qualification,release,unit,kind,category,seq,table_seq,table_title,essential
BSB40307,1,BSBCCO402A,core,,1,,,
BSB40307,1,BSBCUS401A,core,,2,,,
""",
    "instruments": """\
slug,title,in_force_from_on,in_force_to_on,note,url
march-2022,Caveats,2022-03-01,2024-12-07,,
""",
    "caveats": "instrument,key,number,title,wording\nmarch-2022,2,2,Caveat 2,It shut out some.\n",
    "caveat_memberships": """\
instrument,caveat_key,edition,occupation,programs
march-2022,2,second,149212,TSS|ENS
""",
    "not_considered_titles": """\
edition,occupation,seq,title,right_edition,right_code
second,149212,1,Call Centre Manager,second,149211
second,149212,2,Operations Manager,,
""",
}


def write_tables(folder, tables):
    """Write tables, as text or bytes, into a folder; one that is None is left out."""
    folder.mkdir(exist_ok=True)
    for name, content in tables.items():
        if content is not None:
            data = content if isinstance(content, bytes) else content.encode()
            (folder / f"{name}.csv").write_bytes(data)
    return folder
