"""Made-up graphs for the tests and benchmarks of the explorer: names, posts and sentences look real, nothing is."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from itertools import count
from random import Random

from kg.graph import Graph
from kg.model import Assertion, Claim, Document, Entity, Mention, Modality, Paragraph, Role, Sentence, Tenure

SYLLABLES = "安宁清河石泉云岭松柏兰溪平湖青川长桥东阳南浦西塘北屏金沙玉林海丰龙泽凤台白鹭梅岗竹溪荷塘柳泉"
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "文明志远思源建国晓岚雨桐子涵嘉怡俊杰欣然立新海波秋实春生静怡浩然若水知行"
WARDS = ("社区服务中心", "社会工作服务站", "养老服务中心", "慈善总会", "志愿服务联合会", "儿童福利院", "社会组织促进会")
SECTIONS = ("民政局", "卫生健康委员会", "教育局", "人力资源和社会保障局", "司法局", "团委", "妇女联合会", "社会工作部")
SERVICES = ("暖阳", "守望", "邻里", "青苗", "银龄", "同行", "微光", "春风", "归巢", "牵手")
POSTS = ("局长", "副局长", "主任", "副主任", "会长", "秘书长", "部长", "科长")


class _Made:
    """A graph as it grows."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.entities: dict[str, Entity] = {}
        self.documents: list[Document] = []
        self.facts: dict[tuple[str, str, str], Assertion] = {}

    def entity(self, kind: str, name: str, **more: object) -> Entity:
        key = f"{kind}/{more.get('code') or more.pop('apart', None) or name}"
        if key not in self.entities:
            self.entities[key] = Entity(key=key, kind=kind, name=name, **more)  # type: ignore[arg-type]
        return self.entities[key]

    def fact(self, subject: Entity, relation: str, target: Entity, sentence: str, **more: object) -> None:
        """States a fact; the sentence holds {s} and {o} where the names stand."""
        key = (subject.key, relation, target.key)
        if key in self.facts or subject is target:
            return
        number, random = len(self.facts), self.random
        text = sentence.format(s=subject.name, o=target.name)
        date = f"20{random.randint(21, 25)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
        document = Document(
            id=sha256(f"{number}{text}".encode()).hexdigest()[:16], source=f"news/{number // 200:03}/{number:05}.txt",
            title=f"{subject.name}有关工作稳步推进", date=date, publisher="清河日报",
            text=text, paragraphs=(Paragraph(start=0, stop=len(text), line=1 + number % 40, role=Role.BODY),),
        )  # fmt: skip
        where = Sentence(document=document, start=0, stop=len(text), role=Role.BODY)
        claim = Claim(
            relation=relation, subject=_mention(where, subject), object=_mention(where, target),
            sentence=where, rule=f"{relation}.made_up", date=date,
            modality=more.get("modality", Modality.DONE), tenure=more.get("tenure", Tenure.CURRENT),
        )  # type: ignore[arg-type]  # fmt: skip
        self.documents.append(document)
        self.facts[key] = Assertion(
            subject=subject.key, relation=relation, object=target.key, claims=(claim,),
            confidence=round(random.uniform(0.55, 0.99), 3), since=date, until=date, **more,
        )  # type: ignore[arg-type]  # fmt: skip

    def graph(self) -> Graph:
        return Graph(
            documents=tuple(self.documents),
            entities=tuple(self.entities.values()),
            assertions=tuple(self.facts.values()),
        )


def _mention(sentence: Sentence, entity: Entity) -> Mention:
    start = sentence.text.index(entity.name)
    return Mention(
        sentence=sentence,
        start=start,
        stop=start + len(entity.name),
        kind=entity.kind,
        name=entity.name,
        rule="made.up",
    )


def _names(random: Random) -> Iterator[str]:
    """Two-character place names, then longer ones, without end."""
    seen = set()
    for length in count(2):
        for _ in range(4000 * length):
            name = "".join(random.choice(SYLLABLES) for _ in range(length))
            if name not in seen:
                seen.add(name)
                yield name


def made_graph(nodes: int, *, seed: int = 7) -> Graph:
    """A graph of about `nodes` entities: cities with counties, their bodies, people, programs, standards, events."""
    made = _Made(seed)
    names = _names(made.random)
    number = 0
    while len(made.entities) < nodes:
        if number % 40 == 0:
            province = made.entity("place", f"{next(names)}省", code=f"{10 + number // 40 % 89}0000")
        number += 1
        _city(made, names, province, number, nodes)
    return made.graph()


def _city(made: _Made, names: Iterator[str], province: Entity, number: int, nodes: int) -> None:
    stem = next(names)
    city = made.entity("place", f"{stem}市", code=f"9{number:05}")
    made.fact(city, "located_in", province, "{s}位于{o}南部。", reference=True)
    for index in range(made.random.randint(2, 5)):
        if len(made.entities) >= nodes:
            return
        _county(made, next(names), city, stem, index)


def _county(made: _Made, name: str, city: Entity, stem: str, index: int) -> None:
    random = made.random
    county = made.entity("place", f"{name}区", aliases=(name,))
    made.fact(county, "located_in", city, "{s}隶属{o}。", reference=True)
    bureau = made.entity("organization", f"{stem}市{random.choice(SECTIONS)}", aliases=(f"市{SECTIONS[0]}",))
    made.fact(bureau, "located_in", city, "{s}设在{o}。")
    for _ in range(random.randint(2, 6)):
        body = made.entity("organization", f"{stem}市{name}区{random.choice(WARDS)}")
        made.fact(body, "located_in", county, "{s}坐落在{o}中心城区，面向全区居民开放。")
        if random.random() < 0.6:
            made.fact(bureau, "guides", body, "在{s}指导下，{o}不断提升专业服务水平。")
        _people(made, body, bureau)
        _deeds(made, body, bureau, stem, index)


def _people(made: _Made, body: Entity, bureau: Entity) -> None:
    random = made.random
    for _ in range(random.randint(0, 3)):
        person = made.entity(
            "official", random.choice(SURNAMES) + "".join(random.sample(GIVEN, 2)), apart=f"{len(made.entities)}"
        )
        title = random.choice(POSTS)
        tenure = Tenure.FORMER if random.random() < 0.08 else Tenure.CURRENT
        made.fact(person, "holds_post", body, "{o}" + title + "{s}介绍了有关情况。", title=title, tenure=tenure)
        if "副" not in title and tenure is Tenure.CURRENT:
            made.fact(person, "leads", body, "{o}" + title + "{s}主持会议并讲话。", title=title)
        if random.random() < 0.2:
            made.fact(person, "holds_post", bureau, "{s}曾任{o}科长。", title="科长", tenure=Tenure.FORMER)


def _deeds(made: _Made, body: Entity, bureau: Entity, stem: str, index: int) -> None:
    random = made.random
    if random.random() < 0.5:
        program = made.entity("program", f"{stem}市“{random.choice(SERVICES)}{random.choice(SERVICES)}”服务项目")
        made.fact(body, "organizes", program, "{s}启动实施{o}，为辖区困难群众提供支持。")
    if random.random() < 0.3:
        event = made.entity("event", f"{stem}市第{random.randint(1, 9)}届社会工作主题宣传活动启动仪式")
        made.fact(bureau, "organizes", event, "由{s}主办的{o}成功举行。")
        made.fact(body, "participates_in", event, "{s}参加了{o}，并在现场设置展位。")
    if random.random() < 0.2:
        standard = made.entity("standard", f"《{stem}市{random.choice(SERVICES)}服务规范》")
        made.fact(bureau, "issues", standard, "{s}印发{o}，自发布之日起施行。")
        planned = Modality.PLANNED if random.random() < 0.4 else Modality.DONE
        made.fact(body, "drafts", standard, "{s}将牵头起草{o}。", modality=planned)
