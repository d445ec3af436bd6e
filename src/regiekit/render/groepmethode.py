"""How the figures of a group were computed, in words and formulas that read as plain text, with their sources."""

from __future__ import annotations

METHODE = (
    (
        "Wie meetelt",
        "per schaal: wie meedoet zoals minstens vijf mensen doen (met score, alles ingevuld, bij welke metingen)\n"
        "Anderen tellen in die schaal nergens mee. Zo is van geen twee cijfers het verschil iets van een paar mensen.",
        "eigen regel",
    ),
    (
        "Wat grof is",
        "Cijfers zijn afgerond op twee decimalen. Onder 20 mensen, of waar één mens uit een cijfer te halen is, loopt "
        "het interval van het ene ronde getal tot het andere.\n"
        "Antwoorden staan samen (laag, midden, hoog) als een antwoord 1 tot 4 mensen heeft.",
        "eigen regel",
    ),
    (
        "Score",
        "som van de antwoorden / aantal beantwoorde vragen\n(bij de regel 'som': alleen de som)\n"
        "Een omgekeerde vraag telt als laagste + hoogste - antwoord. Alleen wie genoeg vragen beantwoordde, heeft een "
        "score. Er wordt niets ingevuld.",
        "de vragenlijst",
    ),
    (
        "Gemiddelde en spreiding",
        "spreiding = wortel(som van (score - gemiddelde)² / (n - 1))\n"
        "interval = gemiddelde ± t(0,975; n - 1) * spreiding / wortel(n), niet voorbij de einden van de schaal\n"
        "Over iedereen met een score.",
        "",
    ),
    (
        "Alpha",
        "alpha = k / (k - 1) * (1 - som van de varianties van de vragen / variantie van hun som)\n"
        "k is het aantal vragen. Alleen over wie alle vragen van de schaal beantwoordde (listwise).",
        "Cronbach 1951",
    ),
    (
        "Interval van alpha",
        "onder = 1 - (1 - alpha) * F(0,975; n - 1; (n - 1)(k - 1))\n"
        "boven = 1 - (1 - alpha) * F(0,025; n - 1; (n - 1)(k - 1))\n"
        "F is het kwantiel van de F-verdeling. Precies bij parallelle vragen en normaal verdeelde antwoorden.",
        "Feldt 1965",
    ),
    (
        "Omega",
        "omega = (som van de ladingen)² / ((som van de ladingen)² + som van (1 - lading²))\n"
        "Ladingen op één factor, met minres op de correlaties tussen de vragen: de kleinste som van kwadraten van wat "
        "overblijft, met geen lading voorbij 1. Dezelfde mensen als bij alpha.",
        "Harman en Jones 1966; McDonald 1999",
    ),
    (
        "Vraag-rest",
        "correlatie van de vraag met de som van de andere vragen van de schaal\nDezelfde mensen als bij alpha.",
        "",
    ),
    (
        "Alpha zonder",
        "alpha van de schaal zonder deze vraag\n"
        "Onder 0: de andere vragen lopen samen meer tegen elkaar in dan met elkaar mee. Voor alpha zelf geldt "
        "hetzelfde.",
        "Cronbach 1951",
    ),
    (
        "Kijk na",
        "bovengrens(r) = tanh(artanh(r) + 1,645 / wortel(n - 3))\n"
        "bovengrens van de vraag-rest onder 0, of bovengrens van de lading op -0,30 of lager\n"
        "De vraag is dan misschien verkeerd om gezet.",
        "eigen regel",
    ),
    (
        "Tegenrichting",
        "correlatie van het gemiddelde antwoord op de gewone vragen met dat op de omgekeerde vragen\n"
        "Van de antwoorden zoals ze gegeven zijn. Dit hoort onder 0 te liggen.",
        "",
    ),
)

METHODE_VERANDERING = (
    (
        "Verschil",
        "verschil = gemiddelde van (later - eerder)\n"
        "interval = verschil ± t(0,975; n - 1) * spreiding van de verschillen / wortel(n)\n"
        "Alleen over mensen met beide metingen, en per mens over de vragen die beide keren beantwoord zijn.",
        "",
    ),
    (
        "Effect",
        "d = verschil / spreiding aan het begin\n"
        "effect = d * J(n - 1), met J(m) = gamma(m/2) / (wortel(m/2) * gamma((m - 1)/2))\n"
        "interval = d ± 1,96 * wortel(variantie van de verschillen / (variantie aan het begin * (n - 1)) + "
        "d² / (2 * (n - 1)))",
        "Becker 1988; Bonett 2008; Hedges 1981; Morris 2008",
    ),
    (
        "S_diff en grens",
        "S_diff = spreiding aan het begin * wortel(2) * wortel(1 - r)\ngrens = 1,96 * S_diff\n"
        "r is de test-hertestcorrelatie als die is opgegeven, en anders alpha aan het begin. Wie de grens haalt, telt "
        "als hoger of lager.",
        "Jacobson en Truax 1991",
    ),
)

BRONNEN = (
    "Cronbach, L. J. (1951). Coefficient alpha and the internal structure of tests. Psychometrika, 16(3), 297–334.",
    "Feldt, L. S. (1965). The approximate sampling distribution of Kuder-Richardson reliability coefficient twenty. "
    "Psychometrika, 30(3), 357–370.",
    "Harman, H. H., & Jones, W. H. (1966). Factor analysis by minimizing residuals (minres). Psychometrika, 31(3), "
    "351–368.",
    "McDonald, R. P. (1999). Test theory: A unified treatment. Lawrence Erlbaum.",
)
BRONNEN_VERANDERING = (
    "Becker, B. J. (1988). Synthesizing standardized mean-change measures. British Journal of Mathematical and "
    "Statistical Psychology, 41, 257–278.",
    "Bonett, D. G. (2008). Confidence intervals for standardized linear contrasts of means. Psychological Methods, "
    "13(2), 99–109.",
    "Hedges, L. V. (1981). Distribution theory for Glass's estimator of effect size and related estimators. Journal of "
    "Educational Statistics, 6(2), 107–128.",
    "Jacobson, N. S., & Truax, P. (1991). Clinical significance: A statistical approach to defining meaningful change "
    "in psychotherapy research. Journal of Consulting and Clinical Psychology, 59(1), 12–19.",
    "Morris, S. B. (2008). Estimating effect sizes from pretest-posttest-control group designs. Organizational "
    "Research Methods, 11, 364–386.",
)
