//! The patients of the two practices and those who read and write for them.

use threadwell_domain::access::{GrantScope, Relationship};

/// A patient.
pub(super) struct Person {
    /// What stories call it, and what stands before the at sign of its e-mail.
    pub(super) key: &'static str,
    pub(super) name: &'static str,
    pub(super) mrn: &'static str,
    pub(super) born: &'static str,
    /// The last four digits of the telephone number.
    pub(super) phone: &'static str,
    pub(super) language: &'static str,
    /// Whether it signs in itself; children do not.
    pub(super) has_account: bool,
}

/// An account that acts for others.
pub(super) struct Proxy {
    pub(super) key: &'static str,
    pub(super) name: &'static str,
    pub(super) language: &'static str,
    /// For whom, by key.
    pub(super) patients: &'static [&'static str],
    pub(super) relationship: Relationship,
    pub(super) scope: GrantScope,
    /// In how many days the grant ends (a negative number: it has ended); `None` is for good.
    pub(super) ends_in_days: Option<i64>,
}

const fn adult(
    key: &'static str,
    name: &'static str,
    mrn: &'static str,
    born: &'static str,
    phone: &'static str,
) -> Person {
    Person { key, name, mrn, born, phone, language: "en", has_account: true }
}

impl Person {
    const fn speaks(mut self, language: &'static str) -> Self {
        self.language = language;
        self
    }

    const fn child(mut self) -> Self {
        self.has_account = false;
        self
    }

    /// How staff address it: the first word of the name.
    pub(super) fn first_name(&self) -> &'static str {
        self.name.split_whitespace().next().unwrap_or(self.name)
    }
}

#[rustfmt::skip]
pub(super) const RIVERSIDE: [Person; 40] = [
    adult("ana.silva", "Ana Lucía Silva-Monteiro", "004-18823", "1991-06-02", "0187"),
    adult("ben.okafor", "Ben Okafor", "004-17204", "1984-11-19", "0115"),
    adult("li.wei", "Li Wei", "004-20951", "1997-03-08", "0168"),
    adult("sofia.mendes", "Sofia Mendes", "004-21007", "2018-05-24", "0199").child(),
    adult("mateo.mendes", "Mateo Mendes", "004-21008", "2014-09-11", "0199").child(),
    adult("mg.hernandez.villanueva", "María Guadalupe Hernández-Villanueva de la Torre", "004-00961", "1957-09-30", "0143").speaks("es"),
    adult("james.whitfield", "James Whitfield", "004-03318", "1952-02-14", "0121"),
    adult("dorothy.kowalczyk", "Dorothy Kowalczyk", "004-01175", "1944-12-01", "0133"),
    adult("thanhhang.nguyen", "Thanh-Hằng Nguyễn", "004-15590", "1979-07-27", "0156"),
    adult("oluwaseun.adebayo", "Oluwaseun Adébáyò-Featherstonehaugh", "004-19462", "1988-10-05", "0172"),
    adult("george.papadopoulos", "George Papadopoulos", "004-08841", "1969-04-16", "0104"),
    adult("hiroshi.lindqvist", "Hiroshi Lindqvist", "004-16037", "1993-01-22", "0159"),
    adult("olga.petrenko", "Olga Petrenko", "004-12290", "1976-08-09", "0126"),
    adult("valentina.castellanos", "Valentina Castellanos", "004-18077", "1995-12-12", "0181").speaks("es"),
    adult("chidi.subramaniam", "Chidi Subramaniam", "004-14456", "1982-05-30", "0149"),
    adult("jamal.delacroix", "Jamal Delacroix", "004-19913", "2001-02-03", "0175"),
    adult("quinn.osullivan", "Quinn O’Sullivan", "004-17761", "1990-09-17", "0117"),
    adult("ximena.zimmermann", "Ximena Zimmermann", "004-20318", "1986-06-21", "0163").speaks("es"),
    adult("elena.quispe", "Elena Quispe Mamani", "004-13725", "1972-11-04", "0137").speaks("es"),
    adult("luis.rodriguez", "Luis Rodríguez", "004-09956", "1965-03-29", "0109").speaks("es"),
    adult("samir.goldberg", "Samir Goldberg", "004-16688", "1980-10-18", "0166"),
    adult("zoe.venkataraman", "Zoe Venkataraman", "004-21550", "1999-07-13", "0194"),
    adult("grace.mcallister", "Grace McAllister", "004-05527", "1958-01-07", "0155"),
    adult("noor.haddad", "Noor Haddad", "004-18390", "1992-04-25", "0183"),
    adult("umar.farouk", "Umar Farouk", "004-17118", "1987-12-30", "0171"),
    adult("ingrid.johansson", "Ingrid Johansson", "004-07764", "1961-06-06", "0107"),
    adult("pedro.fitzgerald", "Pedro Fitzgerald", "004-20085", "1998-08-15", "0100"),
    adult("wang.fang", "王芳", "004-19230", "1985-02-18", "0192").speaks("zh"),
    adult("katarzyna.brandt", "Katarzyna Brandt", "004-11642", "1974-09-26", "0116"),
    adult("rosa.xu", "Rosa Xu", "004-20777", "1996-05-14", "0177"),
    adult("yusuf.demir", "Yusuf Demir", "004-15003", "1978-03-03", "0150"),
    adult("meiling.chen", "Mei-Ling Chen 陈美玲", "004-10819", "1968-07-20", "0108").speaks("zh"),
    adult("tanisha.brooks", "Tanisha Brooks", "004-18645", "1994-01-31", "0186"),
    adult("farid.rahimi", "Farid Rahimi", "004-14901", "1983-10-10", "0140"),
    adult("kwame.asante", "Kwame Asante-Mensah", "004-12976", "1975-04-02", "0129"),
    adult("aoife.nibhraonain", "Aoife Ní Bhraonáin", "004-19587", "1989-11-23", "0195"),
    adult("anneliese.bergerdorff", "Anneliese Maximiliane von Wolfeschlegelstein-Hausenbergerdorff", "004-06613", "1955-08-28", "0161"),
    adult("deshawn.carter", "Deshawn Carter", "004-20466", "2000-06-19", "0146"),
    adult("priscilla.tan", "Priscilla Tan", "004-16254", "1981-02-27", "0162"),
    adult("bjorn.akesson", "Björn Åkesson", "004-09138", "1963-12-08", "0191"),
];

pub(super) const RIVERSIDE_PROXIES: [Proxy; 4] = [
    Proxy {
        key: "carla.mendes",
        name: "Carla Mendes",
        language: "en",
        patients: &["sofia.mendes", "mateo.mendes"],
        relationship: Relationship::Guardian,
        scope: GrantScope::ReadWrite,
        ends_in_days: None,
    },
    Proxy {
        key: "lucia.hernandez",
        name: "Lucía Hernández",
        language: "es",
        patients: &["mg.hernandez.villanueva"],
        relationship: Relationship::Caregiver,
        scope: GrantScope::ReadWrite,
        ends_in_days: Some(39),
    },
    Proxy {
        key: "peter.kowalczyk",
        name: "Peter Kowalczyk",
        language: "en",
        patients: &["dorothy.kowalczyk"],
        relationship: Relationship::Caregiver,
        scope: GrantScope::Read,
        ends_in_days: Some(12),
    },
    Proxy {
        key: "edith.marsh",
        name: "Edith Marsh",
        language: "en",
        patients: &["james.whitfield"],
        relationship: Relationship::Caregiver,
        scope: GrantScope::ReadWrite,
        ends_in_days: Some(-20),
    },
];

#[rustfmt::skip]
pub(super) const HILLSIDE: [Person; 12] = [
    adult("dora.klein", "Dora Klein", "H-10021", "1982-04-11", "0261"),
    adult("emil.hartmann", "Emil Hartmann", "H-10022", "1958-09-02", "0262"),
    adult("fatima.elidrissi", "Fatima El Idrissi", "H-10025", "1990-12-24", "0263"),
    adult("gustavo.paz", "Gustavo Paz", "H-10031", "1971-01-17", "0264").speaks("es"),
    adult("harriet.stone", "Harriet Stone", "H-10034", "1949-06-30", "0265"),
    adult("ivan.petrov", "Ivan Petrov", "H-10040", "1985-02-09", "0266"),
    adult("june.park", "June Park", "H-10044", "1998-10-21", "0267"),
    adult("karim.nasser", "Karim Nasser", "H-10047", "1977-07-05", "0268"),
    adult("leo.klein", "Leo Klein", "H-10048", "2016-03-13", "0261").child(),
    adult("mabel.thornton", "Mabel Thornton", "H-10052", "1939-11-11", "0269"),
    adult("nils.bergman", "Nils Bergman", "H-10055", "1993-05-28", "0270"),
    // The same person is a patient of both practices, under the same e-mail.
    adult("rosa.xu", "Rosa Xu", "H-10060", "1996-05-14", "0177"),
];

pub(super) const HILLSIDE_PROXIES: [Proxy; 1] = [Proxy {
    key: "dora.klein",
    name: "Dora Klein",
    language: "en",
    patients: &["leo.klein"],
    relationship: Relationship::Guardian,
    scope: GrantScope::ReadWrite,
    ends_in_days: None,
}];
