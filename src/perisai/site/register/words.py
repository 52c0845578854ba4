"""Names that sound like the people of the three provinces. Put together at random, they are nobody's."""

from typing import Final

MINANG = "minang"
MALAY = "malay"
BATAK = "batak"
JAVANESE = "javanese"
CHINESE = "chinese"

PEOPLES: Final = {
    "13": ((MINANG, 0.86), (BATAK, 0.06), (JAVANESE, 0.06), (MALAY, 0.01), (CHINESE, 0.01)),
    "14": ((MALAY, 0.33), (MINANG, 0.18), (JAVANESE, 0.29), (BATAK, 0.16), (CHINESE, 0.04)),
    "21": ((MALAY, 0.30), (JAVANESE, 0.27), (BATAK, 0.17), (MINANG, 0.14), (CHINESE, 0.12)),
}
"""Share of each among the people of a province; rough."""


def _said(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_ARABIC_MEN = """
Ahmad Abdul Abdullah Ali Amir Arif Aziz Bakri Fadli Fahmi Faisal Farhan Fauzan Fikri Firman Hafiz Hakim Hamdan Hamid
Hanafi Haris Hasan Hasbi Hidayat Husin Ibrahim Idris Ihsan Ilham Imran Irfan Irsyad Ismail Jalal Jamal Kamal Karim
Khairul Lukman Mahdi Mahmud Malik Maulana Muhammad Mukhlis Mulyadi Munir Mustafa Nasir Nazar Rafi Rahmat Ramli Rasyid
Razak Ridwan Rizal Rizki Rusdi Sabri Saiful Salman Samsul Syafri Syahrul Syamsul Taufik Umar Usman Wahid Yahya Yunus
Yusri Zainal Zaki Zamri Zikri Zulfikar Zulkarnain
"""
_ARABIC_WOMEN = """
Aisyah Aminah Asma Azizah Elma Fadhilah Farida Fatimah Fauziah Habibah Hafsah Halimah Hamidah Hasanah Hasnah Husna
Jamilah Khadijah Khairani Latifah Laila Mardiah Mariam Marwah Maryam Maysarah Nabila Nadia Nafisah Nazwa Nur Nurhayati
Nurjannah Nurul Rabiah Rahima Rahmah Raudah Rosmaniar Rosna Ruqayah Sabrina Safitri Sakinah Salamah Salma Salmah Sarah
Siti Sofia Syarifah Ulfa Umi Wahidah Yasmin Yulia Zahara Zahra Zainab Zakiah Zubaidah Zuraida
"""

GIVEN: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    (MINANG, "m"): _said(
        _ARABIC_MEN
        + """Afrizal Alfian Anton Ardi Armen Asrul Benni Dasril Defri Doni Edison Efendi Elfi Erizal Febri Hendra
    Heri Ikhwan Indra Irwan Jasman Jefri Joni Marlis Masri Nofrizal Novrianto Rinaldi Robi Rudi Syafrizal Syahril Yandri
    Yendri Yondri Yulius Yusrizal Zalman Zulfadli Zulkifli Zulmi"""
    ),
    (MINANG, "f"): _said(
        _ARABIC_WOMEN
        + """Asnidar Dasniar Desi Desmawati Elmi Elvira Emilia Ermawati Erni Eliza Fitria Gusniar Gusti Helma Ida
    Jasmaniar Lenggogeni Lisma Marniati Melati Mimi Misnawati Neli Netti Nilam Novia Rahmi Ratna Refni Reno Resti
    Rika Rosmiati Suarni Syamsidar Upik Wirda Yeni Yulidar Yurnita Yusnidar"""
    ),
    (MALAY, "m"): _said(
        _ARABIC_MEN
        + """Awang Azhar Azman Bahari Burhan Darwis Encik Erwan Hamzah Izwan Jefridin Johan Kasim Mazlan
    Megat Mizan Raja Rahim Said Saleh Suhaimi Tengku Wan Zahari Zulfan"""
    ),
    (MALAY, "f"): _said(
        _ARABIC_WOMEN
        + """Azlina Cik Dahlia Erna Hasmah Hayati Intan Kamariah Kartika Kemala Maimunah Masitah Mastura
    Melur Noraini Norhayati Puspa Rohana Rosmah Rosnah Seri Suraya Suri Wan Zaleha"""
    ),
    (
        BATAK,
        "m",
    ): _said("""
    Albert Andar Anggiat Bonar Binsar Charles Daniel Darwin David Edward Elman Frans Gomgom Hasiholan Henri
    Hotman Hotasi Jannes Jhon Johannes Jonas Josua Lamhot Lundu Mangara Manahan Maruli Mikael Monang Nelson Pardomuan
    Parlindungan Parulian Paulus Petrus Poltak Ramos Rikardo Robinson Rudolf Sahat Saut Simon Tigor Togar Tumpal
    Yosef"""),
    (
        BATAK,
        "f",
    ): _said("""
    Agnes Anita Basaria Bertha Berliana Christina Debora Delima Dameria Elfrida Elisabet Ester Evalina Friska
    Hotnida Juliana Kristiani Lamria Lasma Lenny Lestari Lidia Lusiana Magdalena Marlina Martha Masta Melda Mery Natalia
    Nurmala Paulina Rame Ratna Rebeka Rosida Rotua Ruth Sondang Sorta Tetty Tiarma Tiurma Verawati Yohana"""),
    (
        JAVANESE,
        "m",
    ): _said("""
    Adi Agung Agus Andi Anwar Arif Aris Bambang Bayu Budi Cahyo Catur Dani Darmo Dedi Didik Dimas Djoko Dwi Eko
    Endro Fajar Galih Gunawan Guntur Hadi Hari Hartono Heru Imam Joko Jumadi Kardi Karno Kasno Khoirul Kuncoro Maryono
    Mujiono Muji Narto Ngadiman Nugroho Parman Paijo Poniman Purnomo Purwanto Rahardi Rohmad Sarjono Sartono Seno Setiyo
    Slamet Sugeng Sugiyanto Suharno Sukardi Sukirman Sulistyo Sumarno Sumarsono Sunardi Supardi Suparman Suprapto
    Supriyadi Surono Suryadi Sutarno Sutrisno Suwarno Suyanto Teguh Tejo Tono Tri Triyono Wagiman Wahyu Warsito Widodo
    Wiyono Yanto Yoga"""),
    (
        JAVANESE,
        "f",
    ): _said("""
    Anik Ani Astuti Ayu Dewi Diah Dwi Eka Endang Eni Ernawati Fitri Harti Hartini Indah Ika Iin Jumiati Kartini
    Kasmi Kurnia Lestari Lilik Mariyem Marsih Mujiati Murni Nanik Ngatini Ningsih Nining Paini Partini Poniyem Puji
    Purwanti Rahayu Ratmi Retno Rini Riyanti Rukmini Sarinah Sarmi Sri Sringatin Sugiarti Suharti Sukarti Sulastri
    Sulistyowati Sumarni Sumiati Sundari Suparmi Supriyati Surati Suratmi Surtini Suwarti Suyati Titik Tri Tukinem
    Tumini Utami Wahyuni Warsini Wati Wiwik Yanti Yuni Yuliana"""),
    (
        CHINESE,
        "m",
    ): _said("""
    Alvin Andre Anton Benny Budi Calvin Candra Darwin Davis Dennis Eddy Edwin Erik Felix Ferry Frengki Hendra
    Hendri Herman Jackson Jeffry Jimmy Johan Jony Kelvin Kevin Leonardo Martin Michael Robert Rudy Ryan Steven Sudirman
    Susanto Tommy Tony Vincent Wilson Yanto"""),
    (
        CHINESE,
        "f",
    ): _said("""
    Angelina Cindy Christine Diana Elly Erlina Evelyn Fenny Fiona Grace Helena Herlina Jenny Jessica Juliana
    Karina Lily Linda Lisa Lusi Mei Meliana Melisa Merry Monica Nancy Natasya Novi Pauline Selvi Sherly Silvia Siska
    Stella Susanti Vera Veronika Vivian Wati Yenny"""),
}

FAMILY: Final[dict[str, tuple[str, ...]]] = {
    MINANG: _said("""
    Chaniago Caniago Koto Piliang Sikumbang Tanjung Jambak Guci Pitopang Malayu Bendang Payobada Simabur Panyalai
    Banuhampu Bodi Pisang Sumagek Kampai Mandaliko Supanjang Dalimo Salo Singkuang Patapang"""),
    MALAY: _said("""
    Arifin Bahar Basri Daud Effendi Hamdani Harun Hashim Ishak Jaafar Kadir Lazim Mansur Mukhtar Nordin Osman
    Pilus Rahman Sulaiman Syukur Talib Tamrin Yasin Yazid Zakaria Zubir"""),
    BATAK: _said("""
    Ambarita Aritonang Batubara Damanik Daulay Gultom Harahap Hasibuan Hutabarat Hutagalung Hutapea Lubis
    Lumbantobing Manalu Manik Manullang Manurung Marpaung Matondang Nababan Nainggolan Napitupulu Nasution Pakpahan
    Panggabean Panjaitan Pardede Parinduri Pasaribu Pohan Purba Rambe Rangkuti Ritonga Sagala Samosir Saragih Sianipar
    Siagian Siahaan Sibarani Siboro Sidabutar Sihombing Sihotang Silaban Silaen Silalahi Simamora Simanjuntak
    Simanullang Simarmata Simatupang Simbolon Sinaga Sinambela Sipahutar Siregar Sirait Sitanggang Sitompul Sitorus
    Situmorang Tambunan Tampubolon Tarigan Tobing Turnip"""),
    JAVANESE: _said("""
    Handoko Hartanto Haryanto Hidayat Kurniawan Kusnadi Lestari Mulyono Nugroho Pamungkas Prabowo Pramono
    Prasetyo Pratama Purnama Raharjo Saputra Saputro Santosa Santoso Setiawan Susilo Utomo Wardoyo Wibowo Widianto
    Wijayanto Winarno Yulianto"""),
    CHINESE: _said("""
    Chandra Gunawan Halim Hartono Hermanto Husin Iskandar Kosasih Kurnia Kusuma Leonardi Lesmana Lim Lukito
    Ong Pranata Salim Santoso Setiadi Sutanto Tan Tanjaya Tanuwijaya Tjandra Tjong Wibisono Widjaja Wijaya Winata
    Yap"""),
}
"""The suku, the marga, or the last word of the name."""
FAMILY_SHARE: Final = {MINANG: 0.38, MALAY: 0.72, BATAK: 0.97, JAVANESE: 0.45, CHINESE: 0.95}
"""How often somebody carries one."""
SECOND_SHARE: Final = {MINANG: 0.62, MALAY: 0.45, BATAK: 0.35, JAVANESE: 0.55, CHINESE: 0.20}
"""How often somebody has a second given name."""

STREETS: Final = tuple(
    f"{kind} {name}"
    for kind, names in (
        ("Jorong", "Koto Ateh,Koto Bawah,Pasa Rabaa,Tangah Sawah,Sungai Jariang,Bukik Bunian,Lubuak Basuang,Padang Laweh"),
        ("Dusun", "Mekar Sari,Suka Maju,Tanjung Harapan,Sungai Pinang,Bukit Rindang,Kuala Tenang,Parit Baru,Teluk Damai"),
        ("Jalan", "Melati,Kenanga,Cempaka,Rambutan,Durian,Manggis,Merpati,Elang,Rajawali,Pelita,Harapan,Kesuma,Seroja"),
        ("Kampung", "Baru,Tengah,Hilir,Hulu,Seberang,Pulau,Kelapa,Nipah"),
        ("Perumahan", "Griya Asri,Bukit Indah,Bumi Lestari,Taman Sejahtera,Puri Kencana,Villa Mandiri"),
    )
    for name in names.split(",")
)  # fmt: skip

OCCUPATIONS: Final = {
    "village": (
        ("farmer", 0.40), ("fisher", 0.09), ("livestock", 0.07), ("trader", 0.16), ("craft", 0.05), ("builder", 0.08),
        ("domestic", 0.03), ("service", 0.04), ("ojek", 0.04), ("driver", 0.03), ("other", 0.01),
    ),
    "town": (
        ("farmer", 0.05), ("fisher", 0.05), ("livestock", 0.01), ("trader", 0.35), ("craft", 0.06), ("builder", 0.12),
        ("domestic", 0.07), ("service", 0.10), ("ojek", 0.11), ("driver", 0.05), ("courier", 0.02), ("other", 0.01),
    ),
}  # fmt: skip
"""What people without an employer do, in a desa or nagari and in a kelurahan; ``membership.rules`` knows the words."""

# What a firm does: words of its name, JKK risk class (PP 44/2015 Lampiran I; III to V from memory), weight by province.
TRADES: Final = (
    (("Niaga", "Dagang", "Grosir", "Swalayan"), 1, {"13": 30, "14": 22, "21": 18}),
    (("Jasa", "Cipta", "Konsultan", "Media"), 1, {"13": 18, "14": 14, "21": 14}),
    (("Klinik", "Farma", "Medika"), 1, {"13": 6, "14": 4, "21": 4}),
    (("Koperasi",), 1, {"13": 12, "14": 8, "21": 4}),
    (("Hotel", "Wisata", "Kuliner"), 1, {"13": 9, "14": 5, "21": 12}),
    (("Sawit", "Agro", "Kebun", "Karet"), 2, {"13": 8, "14": 22, "21": 1}),
    (("Industri", "Elektronik", "Plastik", "Teknik"), 3, {"13": 5, "14": 6, "21": 24}),
    (("Konstruksi", "Karya Bangun", "Logistik", "Angkutan"), 4, {"13": 10, "14": 14, "21": 13}),
    (("Galangan", "Tambang", "Energi"), 5, {"13": 2, "14": 5, "21": 10}),
)
FIRM_WORDS: Final = _said("""
    Abadi Adil Agung Aman Andalan Anugerah Bahari Bahtera Bangun Barokah Bersama Berkah Bina Bintang Buana Bukit
    Cahaya Cemerlang Cendana Citra Damai Delima Duta Eka Fajar Gemilang Gemilau Harapan Harum Indah Insan Intan Jaya
    Kencana Kurnia Lancar Laut Lestari Makmur Mandiri Maju Mega Mekar Melayu Minang Mulia Mutiara Nirwana Nusa Pelangi
    Permata Perdana Pertiwi Prima Pulau Putra Ranah Rantau Rezeki Sahabat Sakti Samudera Sari Sejahtera Sejati Selaras
    Sentosa Serasi Setia Sinar Subur Sukses Sumber Surya Tani Teguh Tirta Tuah Tunas Utama Wahana Wijaya""")
WADAH_WORDS: Final = _said("""
    Saiyo Sakato Saiyo-Sakato Basamo Barokah Bundo Cahaya Damai Gotong-Royong Harapan Jaya Kasih Karya Lestari Maju
    Mandiri Melayu Membangun Mitra Mulia Rukun Sahabat Sejahtera Sepakat Sumber Tuah Usaha""")
