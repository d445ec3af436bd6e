# Scores of the 2,800 people of the bfi data by psych::scoreItems, the outside check of regiekit's scoring.
# Rscript score_items.R bfi.csv scores.csv     (bfi.csv: the 25 items; made by tests/test_bfi.py --csv)
library(psych)
arguments <- commandArgs(trailingOnly = TRUE)
items <- read.csv(arguments[1])
keys <- list(agree = c("-A1", "A2", "A3", "A4", "A5"), conscientious = c("C1", "C2", "C3", "-C4", "-C5"),
             extraversion = c("-E1", "-E2", "E3", "E4", "E5"), neuroticism = c("N1", "N2", "N3", "N4", "N5"),
             openness = c("O1", "-O2", "O3", "O4", "-O5"))
scores <- scoreItems(keys, items, missing = TRUE, impute = "none", min = 1, max = 6)$scores
write.csv(format(scores, digits = 17, trim = TRUE), arguments[2], row.names = FALSE, quote = FALSE)
