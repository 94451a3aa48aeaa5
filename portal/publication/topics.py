"""The closed vocabulary of topics. A record cites topics by uid; their names are the portal's, not an editor's."""

from portal.core.languages import CHINESE, ENGLISH

_NAMES = {
    "sister-cities": ("姊妹市及友好城市", "Sister and friendship cities"),
    "education": ("教育", "Education"),
    "culture": ("文化", "Culture"),
    "economy": ("經貿", "Economy and trade"),
    "tourism": ("觀光", "Tourism"),
    "sport": ("運動", "Sport"),
    "health": ("衛生", "Health"),
    "smart-city": ("智慧城市", "Smart city"),
    "housing": ("住宅", "Housing"),
    "agriculture": ("農業", "Agriculture"),
    "technology": ("科技", "Technology"),
    "humanitarian-aid": ("人道援助", "Humanitarian aid"),
    "consumer-protection": ("消費者保護", "Consumer protection"),
    "facilities": ("辦公設施", "Government premises"),
    "energy": ("能源", "Energy"),
    "child-friendly": ("親子友善", "Child-friendly services"),
    "public-health": ("防疫", "Epidemic control"),
    "records-management": ("檔案管理", "Records management"),
    "information-security": ("資訊安全", "Information security"),
    "digital-government": ("數位政府", "Digital government"),
    "personnel": ("人事", "Personnel"),
    "vehicles": ("公務車輛", "Official vehicles"),
    "budget": ("預算", "Budget"),
    "petitions": ("陳情", "Petitions"),
    "service-quality": ("服務品質", "Service quality"),
    "human-rights": ("人權", "Human rights"),
    "procurement": ("採購", "Procurement"),
    "council": ("市議會", "City council"),
    "about": ("本站", "This site"),
}
#: uid → the topic's name in both languages.
TOPICS = {f"topic:{code}": {CHINESE: chinese, ENGLISH: english} for code, (chinese, english) in _NAMES.items()}
