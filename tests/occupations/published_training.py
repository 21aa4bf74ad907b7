"""Published tables of training, a few rows each, to convert."""

TRAINING = {
    "qualifications": """\
code,title,title_truncated,aqf_level,aqf_type,training_package,release,total_units,core_units,\
elective_units
CPP20218,Certificate II in Security,,2,Certificate II,CPP,3,1,1,
ICT30419,Certificate III in Network,y,3,Certificate III,ICT,2,3,1,2
RII32020,Certificate III in Drilling,,3,Certificate III,RII,2,,1,4
TLI40122,Certificate IV in Driving,,4,Certificate IV,TLI,2,12,1,
""",
    "qualification_units": """\
qualification,unit,title,kind,group,seq
CPP20218,CPPSEC101,Guard,core,,1
ICT30419,ICTNET301,Build a network,core,,1
ICT30419,ICTNET302,Join cables,elective,Group B,
ICT30419,ICTNET302,Join cables,elective,Group A,
RII32020,RIIOGD301,Drill,core,,1
TLI40122,TLIC0022,"Drive a tanker
∟TLILIC0001 Licence to carry ∟ XYZ0001 Something",core,,1
TLI40122,TLIC0033,Turn,elective,Group rawarenessElectiveUnits - Driver awareness elective units,
""",
    "unit_prerequisites": """\
qualification,unit,prerequisite
ICT30419,ICTNET302,ICTNET301
""",
    "units": """\
code,title,usage_recommendation,usage_from,superseded_by,superseded_by_equivalent,supersedes,\
supersedes_equivalent,release,released_on,training_package,asced
CPPSEC101,Guard,Current,2019-10-21,,,CPPSEC100,TRUE,1,2019-10-21,CPP,080315
ICTNET301,Build a network,Current,2020-12-24,,,ICTNET201;ICTNET101,False;True,1,2020-12-24,ICT,
ICTNET302,Join cables,Superseded,2022-02-22,ICTNET402,FALSE,,,2,2016-04-14,ICT,030505
RIIOGD301,Drill,Current,2020-12-24,,,,,1,2020-12-24,RII,030305
TLIC0022,Drive a tanker,Current,2020-12-24,,,,,1,2020-12-24,TLI,080315
TLIC0033,Turn,Current,2020-12-24,,,,,1,2020-12-24,QQQ,080315
TLILIC0001,Hold a licence,Current,2020-12-24,,,,,1,2020-12-24,TLI,080315
""",
}
