"""Who is who in the sample office: invented people, places and offerings."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.models.values.billing import PricePer


@dataclass(frozen=True, slots=True)
class SampleTutor:
    """A tutor: subjects taught, pay per hour in cents, weekdays and hours."""

    name: str
    subjects: tuple[str, ...]
    pay: int
    weekdays: tuple[int, ...]
    from_hour: int = 14
    until_hour: int = 20
    is_contractor: bool = False


@dataclass(frozen=True, slots=True)
class SampleOffering:
    """What the sample office sells; amounts in cents, room to tidy up in minutes."""

    name: str
    subject: str
    amount: int
    per: PricePer = PricePer.HOUR
    length: int = 60
    group: int = 1
    is_split: bool = False
    tiers: dict[int, int] = field(default_factory=dict)
    step: int = 1
    buffer: int = 0


TUTORS = (
    SampleTutor("Anna Berg", ("Maths",), 2700, (0, 1, 2, 3, 4)),
    SampleTutor("Jonas Klein", ("Physics", "Maths"), 2600, (0, 1, 2, 3, 4)),
    SampleTutor("Mei Tan", ("Maths", "Chemistry"), 2600, (0, 1, 3, 4)),
    SampleTutor("Omar Haddad", ("German", "English"), 2400, (0, 2, 3, 4)),
    SampleTutor(
        "Sofia Rossi", ("French", "English"), 2500, (1, 2, 3), is_contractor=True
    ),
    SampleTutor("Lena Wolf", ("English",), 2400, (0, 1, 2, 3)),
    SampleTutor("Paul Krug", ("Physics", "Maths"), 2800, (1, 2, 4)),
    SampleTutor("Ines Moreau", ("French",), 2500, (0, 3, 4), is_contractor=True),
    SampleTutor("Tomasz Nowak", ("Maths",), 2500, (0, 1, 2, 3, 4)),
    SampleTutor("Greta Lang", ("German",), 2400, (0, 1, 2, 4)),
    SampleTutor("David Okonkwo", ("Chemistry", "Physics"), 2700, (1, 2, 3, 4)),
    SampleTutor(
        "Hana Suzuki", ("English", "Maths"), 2500, (0, 2, 3, 4), is_contractor=True
    ),
)
# what must be known of some of the children, by their number
NEEDS = {
    6: "Nut allergy: the emergency pen is in the school bag.",
    23: "Reads better from large print.",
    41: "Diabetes: may eat and measure during the session.",
}
SUBJECTS = ("Maths", "Physics", "Chemistry", "English", "German", "French")
LEVELS = ("Primary", "Lower school", "Upper school", "Exam year")
OFFERINGS = (
    SampleOffering("Maths, one to one", "Maths", 4800),
    SampleOffering("Physics, one to one", "Physics", 5000, length=75, step=5),
    SampleOffering("Chemistry, one to one", "Chemistry", 5000),
    SampleOffering("English, one to one", "English", 4600),
    SampleOffering("German, one to one", "German", 4600),
    SampleOffering("French, one to one", "French", 4600),
    SampleOffering("Maths, small group", "Maths", 2800, length=90, group=4, buffer=15),
    SampleOffering(
        "English, pair",
        "English",
        6500,
        per=PricePer.SESSION,
        group=2,
        is_split=True,
        buffer=10,
    ),
    SampleOffering(
        "Exam workshop",
        "Maths",
        3200,
        length=120,
        group=6,
        tiers={1: 5000, 2: 3800, 3: 3200},
        buffer=15,
    ),
)
COURSE = SampleOffering("Physics for the exam", "Physics", 24000, length=90, group=8)

FAMILIES = (
    *("Lindqvist", "Okafor", "Schneider", "Yilmaz", "Novak", "Fischer", "Petrov"),
    *("Weber", "Saleh", "Hoffmann", "Nguyen", "Becker", "Rossi-Maier", "Schulz"),
    *("O'Brien", "Wagner", "Kowalski", "Richter", "Andersen", "Klein", "Haddad"),
    *("Schröder", "Costa", "Neumann", "Silva", "Schwarz", "Zimmermann", "Braun"),
    *("Krüger", "Hartmann", "Lange", "Werner", "Krause", "Lehmann", "Köhler"),
    *("Maier", "Huber", "Kaiser", "Fuchs", "Peters", "Scholz", "Möller", "Weiß"),
    *("Jung", "Hahn"),
)
CHILDREN = (
    *("Maya", "Erik", "Ben", "Lara", "Emre", "Aylin", "Jan", "Clara", "Nina", "Ivan"),
    *("Paula", "Nadia", "Karim", "Tim", "Linh", "Minh", "Sophie", "Luca", "Marie"),
    *("Finn", "Aoife", "Hannah", "Jakub", "Zofia", "Moritz", "Freja", "Leon", "Amir"),
    *("Elif", "Mats", "Rita", "Jonah", "Mila", "Rafael", "Greta", "Oskar", "Theo"),
    *("Ida", "Felix", "Anton", "Lina", "Emil", "Carla", "Noah", "Frieda", "Max"),
    *("Ella", "Paul", "Alma", "Jakob", "Luise", "Karl", "Romy", "Henri", "Nele"),
    *("Bruno", "Juna", "Vincent", "Mathilda", "Samuel"),
)
PARENTS = (
    *("Karin", "Daniel", "Sabine", "Mehmet", "Petra", "Olga", "Thomas", "Julia"),
    *("Samir", "Andrea", "Huong", "Stefan", "Giulia", "Martin", "Siobhan"),
)
STREETS = ("Ahornweg", "Torstraße", "Bergmannstraße", "Gartenstraße", "Seestraße")
PHRASES = (
    "We went through last week's homework and then worked on new problems.",
    "Good progress today; the method is clear, practice makes it quick.",
    "We prepared the test of next week with two old papers.",
    "A lot of questions about the last lesson at school; all answered.",
    "Reading first, then writing; spelling has become much better.",
)
HOMEWORK = (
    "Exercises 3 to 8 on page 41",
    "Read chapter four and note ten new words",
    "One past paper, one hour, without notes",
)
SKILLS = ("Equations", "Reading a diagram", "Writing an argument", "Vocabulary")
