"""
Where made-up people live: names of each country to put together, its zones, its numbers.

Phone numbers are of the ranges that regulators keep for fiction. Where a country has none,
the first digits are such that nobody's number begins with them.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """Where some of the people live: names, zones, and the beginnings of phone numbers there."""

    code: str
    zones: tuple[str, ...]
    given: tuple[str, ...]
    family: tuple[str, ...]
    phones: tuple[str, ...]  # in E.164, each # a digit


def _country(code: str, zones: str, given: str, family: str, phones: str) -> Country:
    return Country(
        code=code,
        zones=tuple(zones.split()),
        given=tuple(given.split()),
        family=tuple(family.split()),
        phones=tuple(phones.split()),
    )


_INDIA = _country(
    "IN",
    "Asia/Kolkata",
    "Aarav Aditi Ananya Arjun Deepika Divya Gaurav Ishaan Kavya Kiran Lakshmi Manoj Meera Neha "
    "Nikhil Pooja Priya Rahul Riya Rohan Sanjay Shreya Sunita Tanvi Vikram Vivek दीपा रोहन",
    "Agarwal Bhat Chopra Das Desai Gupta Iyer Jain Joshi Kapoor Khanna Kulkarni Kumar Mehta Menon "
    "Mishra Nair Patel Pillai Rao Reddy Saxena Shah Sharma Singh Thakur Verma शर्मा",
    "+9110########",
)
_CHINA = _country(
    "CN",
    "Asia/Shanghai",
    "Bo Chen Fang Hao Hui Jie Jing Jun Lan Lei Li Ling Mei Min Na Ning Peng Qiang Rui Ting Wei Xia "
    "Xin Yan Yu Zhen 伟 芳 娜 秀英 建国 小明",
    "Bai Cao Chen Deng Fan Gao Guo Han He Hu Huang Jiang Li Lin Liu Luo Ma Pan Sun Tang Wang Wu Xu "
    "Yang Zhang Zhao Zhou Zhu 王 李 张",
    "+8610#########",
)
_PHILIPPINES = _country(
    "PH",
    "Asia/Manila",
    "Althea Andres Angelo Bea Carlo Cristina Diego Elena Francis Grace Isabel Jasmine Jerome "
    "Jose Joy Kristine Liza Lorenzo Marco Maria Miguel Paolo Ramon Rosa Teresa Vicente",
    "Aquino Bautista Castillo Cruz Cordero Dizon Domingo Fernando Flores Garcia Gonzales Ilagan "
    "Lim Magsaysay Manalo Mendoza Navarro Ocampo Pascual Ramos Reyes Rivera Salazar Santos Tan",
    "+6310########",
)
_BRITAIN = _country(
    "GB",
    "Europe/London",
    "Aisha Alfie Amelia Callum Charlotte Daisy Edward Emily Freya George Grace Hamza Harriet Isla "
    "Jack James Lily Megan Niamh Oliver Oscar Poppy Rhys Sophie Thomas William",
    "Ahmed Baker Bennett Brown Clarke Cooper Davies Edwards Evans Fraser Green Hall Harris Hughes "
    "Jackson Johnson Jones Khan Lewis Morgan Patel Roberts Smith Taylor Walker Wright",
    "+447700900### +442079460### +441134960### +441214960### +441414960### +441614960###",
)
_NEPAL = _country(
    "NP",
    "Asia/Kathmandu",
    "Anil Anita Asmita Bikash Binod Deepak Gita Hari Kabita Kamal Laxmi Manisha Nabin Niruta "
    "Prakash Puja Rajesh Ramesh Sabina Sagar Sarita Shova Sita Suman Sunil Yubraj",
    "Adhikari Basnet Bhandari Bhattarai Dahal Gautam Ghimire Gurung Karki KC Khadka Koirala Lama "
    "Magar Maharjan Pandey Poudel Rai Rana Shah Sherpa Shrestha Tamang Thapa",
    "+97710########",
)
_VIETNAM = _country(
    "VN",
    "Asia/Ho_Chi_Minh",
    "An Anh Bình Châu Chi Dũng Giang Hà Hạnh Hiền Hoa Hùng Hương Khánh Lan Linh Long Mai Minh Nam "
    "Ngọc Phúc Phương Quân Thảo Thu Trang Tuấn Vy",
    "Bùi Cao Đặng Đinh Đỗ Dương Hồ Hoàng Huỳnh Lê Lý Mai Ngô Nguyễn Phạm Phan Tạ Tô Trần Trịnh "
    "Trương Võ Vũ",
    "+8410########",
)
_BRAZIL = _country(
    "BR",
    "America/Sao_Paulo America/Manaus",
    "Ana André Beatriz Bruno Camila Caio Daniela Eduardo Fernanda Gabriel Helena Igor Isabela João "
    "Larissa Lucas Luíza Mateus Paula Pedro Rafael Renata Thiago Vitória",
    "Almeida Alves Araújo Barbosa Cardoso Carvalho Costa Dias Ferreira Gomes Lima Lopes Martins "
    "Melo Moreira Nascimento Oliveira Pereira Ribeiro Rocha Santos Silva Souza Teixeira",
    "+5510#########",
)
_COLOMBIA = _country(
    "CO",
    "America/Bogota",
    "Alejandra Andrés Camilo Carolina Catalina Daniela Esteban Felipe Gloria Jorge Juan Juliana "
    "Laura Luz Manuela Mateo Natalia Óscar Paola Santiago Sebastián Sofía Valentina",
    "Acosta Beltrán Cárdenas Castro Díaz Forero Gómez Guzmán Hernández Jiménez López Martínez "
    "Mejía Moreno Ortiz Ospina Peña Quintero Rincón Rodríguez Rojas Suárez Torres Vargas",
    "+5710########",
)
_UNITED_STATES = _country(
    "US",
    "America/New_York America/Chicago America/Denver America/Los_Angeles",
    "Aaliyah Abigail Alexander Ava Benjamin Brandon Caleb Chloe Elijah Emma Ethan Hannah Isaiah "
    "Jayden Liam Logan Madison Mason Mia Noah Olivia Samantha Tyler Zoe",
    "Adams Allen Anderson Campbell Carter Collins Davis Garcia Hernandez Hill Johnson King Lee "
    "Lopez Martinez Miller Moore Nelson Parker Robinson Scott Thompson White Young",
    "+120255501## +121255501## +131255501## +141555501## +161755501## +120655501## +151255501##",
)
_SOUTH_AFRICA = _country(
    "ZA",
    "Africa/Johannesburg",
    "Ayanda Bongani Chantal Dineo Elmarie Francois Gugu Hannes Johan Karabo Lerato Lindiwe Mpho "
    "Naledi Nomsa Pieter Refilwe Sibusiso Tebogo Thandi Themba Vusi Willem Zanele",
    "Botha Coetzee Dlamini Fourie Jacobs Khumalo Kruger Mahlangu Mbeki Mokoena Molefe Naidoo "
    "Ndlovu Nel Nkosi Pillay Pretorius Sithole Smit Steyn Tshabalala Venter Zulu Zwane",
    "+2720########",
)
_NIGERIA = _country(
    "NG",
    "Africa/Lagos",
    "Abiola Adaeze Amaka Bola Chidi Chioma Damilola Ebele Emeka Femi Folake Ifeoma Ikenna Kelechi "
    "Kemi Musa Ngozi Obinna Seun Temitope Tunde Uche Yetunde Zainab",
    "Abubakar Adebayo Adeyemi Afolabi Balogun Bello Chukwu Danjuma Eze Ibrahim Igwe Lawal Mohammed "
    "Nwosu Obi Ogunleye Okafor Okeke Okoro Olawale Onyeka Oyelaran Sani Umar",
    "+23410#########",
)
_IRELAND = _country(
    "IE",
    "Europe/Dublin",
    "Aoife Brendan Ciara Cormac Deirdre Eoin Fionn Gráinne Kieran Maeve Niall Orla Pádraig Róisín "
    "Saoirse Seán Shane Sinéad Tadhg Úna",
    "Brennan Byrne Collins Doyle Dunne Fitzgerald Gallagher Kavanagh Kelly Kennedy Lynch Murphy "
    "Nolan O'Brien O'Connor O'Neill O'Sullivan Quinn Ryan Walsh",
    "+3532091#####",
)
_FRANCE = _country(
    "FR",
    "Europe/Paris",
    "Adèle Antoine Camille Chloé Clément Élise Émilie Étienne François Hélène Hugo Inès Julien Léa "
    "Louis Lucie Manon Mathis Maxime Noémie Théo Zoé",
    "Bernard Bertrand Bonnet Dubois Dupont Durand Fontaine Garnier Girard Lambert Laurent Lefèvre "
    "Leroy Mercier Moreau Morel Petit Robert Rousseau Roux Simon Vincent",
    "+3319900#### +3326191#### +3335301#### +3346571#### +3353649#### +3363998####",
)
_GERMANY = _country(
    "DE",
    "Europe/Berlin",
    "Anke Björn Claudia Dieter Elif Felix Greta Hannah Heike Jannik Jörg Jürgen Katrin Lena Lukas "
    "Mareike Mehmet Nele Paul Sabine Sören Svenja Tim Ute",
    "Bauer Becker Braun Fischer Hoffmann Keller Klein König Krüger Lange Meyer Müller Neumann "
    "Richter Schäfer Schmidt Schneider Schröder Schulz Wagner Weber Wolf Yilmaz Zimmermann",
    "+493023125### +494066969### +496990009### +492214710### +498999998###",
)
_UKRAINE = _country(
    "UA",
    "Europe/Kyiv",
    "Андрій Богдан Вікторія Галина Дмитро Ірина Катерина Леся Максим Марія Наталія Оксана Олег "
    "Олена Павло Роман Світлана Юлія Yuliia Oleksii",
    "Бондаренко Гончаренко Зайченко Іваненко Коваленко Кравченко Лисенко Марченко Мельник Мороз "
    "Петренко Поліщук Савченко Ткаченко Шевченко Kovalchuk Tkachuk",
    "+38010#######",
)
_EGYPT = _country(
    "EG",
    "Africa/Cairo",
    "Ahmed Amira Dina Farida Hana Hassan Heba Karim Laila Mahmoud Mona Mostafa Nour Omar Rania "
    "Salma Tarek Youssef أحمد فاطمة محمد مريم",
    "Abdelrahman Elsayed Farouk Fathy Gaber Hamdy Hegazy Ismail Kamel Mansour Nasser Ragab Saleh "
    "Shawky Soliman Zaki حسن علي إبراهيم",
    "+2013########",
)
_KOREA = _country(
    "KR",
    "Asia/Seoul",
    "Daeun Dohyun Eunji Haneul Hyejin Jiho Jimin Jisoo Junho Minjun Minseo Seojun Soyeon Subin "
    "Taehyun Yejin Yuna 민준 서연 지우",
    "Ahn Bae Cho Choi Han Hong Hwang Jang Jeon Jung Kang Kim Kwon Lee Lim Oh Park Seo Shin Song "
    "Yoon 김 이 박",
    "+8213########",
)
_AUSTRALIA = _country(
    "AU",
    "Australia/Sydney Australia/Perth Australia/Brisbane Australia/Adelaide",
    "Alinta Archie Bindi Cooper Darcy Ella Finn Georgia Harper Indi Jarrah Kirra Lachlan Matilda "
    "Ned Olive Quinn Ruby Sienna Tahlia Tyson Willow Xavier Zara",
    "Bailey Barker Campbell Clarke Cook Fraser Graham Hunter Kelly Marshall McDonald Mitchell "
    "Morrison Murray Nguyen O'Connor Papadopoulos Reid Ross Russo Stewart Turner Watson Wilson",
    "+6125550#### +6135550#### +6175550#### +6185550#### +6127010#### +6137010####",
)
OFTEN = (_INDIA, _CHINA, _PHILIPPINES, _BRITAIN, _NEPAL)
SOMETIMES = (_VIETNAM, _BRAZIL, _COLOMBIA, _UNITED_STATES, _SOUTH_AFRICA, _NIGERIA, _AUSTRALIA)
RARELY = (_IRELAND, _FRANCE, _GERMANY, _UKRAINE, _EGYPT, _KOREA)
COUNTRIES = OFTEN + SOMETIMES + RARELY
