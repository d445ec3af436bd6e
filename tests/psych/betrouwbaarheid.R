# Reliability of public data sets by R psych: what regiekit is compared with. To make the figures again:
#   python tests/psych/sets.py FOLDER && Rscript tests/psych/betrouwbaarheid.R FOLDER tests/psych/uitkomst.csv
# One line for each figure: set, moment, schaal, item (empty: of the schaal), figure, value.
suppressMessages(library(psych))
arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]
keys <- read.csv(file.path(folder, "keys.csv"), stringsAsFactors = FALSE)
lines <- character()
say <- function(set, moment, schaal, item, figure, value) {
  lines <<- c(lines, paste(set, moment, schaal, item, figure, format(value, digits = 17, scientific = FALSE), sep = ","))
}
for (set in unique(keys$set)) {
  data <- read.csv(file.path(folder, paste0(set, ".csv")), stringsAsFactors = FALSE)
  data$moment[is.na(data$moment)] <- ""
  for (moment in unique(data$moment)) for (schaal in unique(keys$schaal[keys$set == set])) {
    key <- keys[keys$set == set & keys$schaal == schaal, ]
    items <- na.omit(data[data$moment == moment, key$item])  # listwise for each schaal
    # turned round by the declared scale; psych itself would take the ends from the data
    for (n in which(key$sign < 0)) items[[n]] <- key$low[n] + key$high[n] - items[[n]]
    n <- nrow(items); k <- ncol(items)
    found <- suppressWarnings(alpha(items, check.keys = FALSE, warnings = FALSE))
    raw <- found$total$raw_alpha
    ends <- alpha.ci(raw, n.obs = n, n.var = k)
    say(set, moment, schaal, "", "n", n)
    say(set, moment, schaal, "", "alpha", raw)
    say(set, moment, schaal, "", "onder", ends$lower.ci)
    say(set, moment, schaal, "", "boven", ends$upper.ci)
    # Feldt 1965 once more, without psych
    say(set, moment, schaal, "", "onder_qf", 1 - (1 - raw) * qf(0.975, n - 1, (n - 1) * (k - 1)))
    say(set, moment, schaal, "", "boven_qf", 1 - (1 - raw) * qf(0.025, n - 1, (n - 1) * (k - 1)))
    say(set, moment, schaal, "", "gemiddelde", mean(found$scores))
    say(set, moment, schaal, "", "sd", sd(found$scores))
    interval <- t.test(found$scores)$conf.int
    say(set, moment, schaal, "", "gemiddelde_onder", interval[1])
    say(set, moment, schaal, "", "gemiddelde_boven", interval[2])
    if (any(key$sign < 0)) {
      say(set, moment, schaal, "", "tegenrichting",
          -cor(rowMeans(items[, key$sign > 0, drop = FALSE]), rowMeans(items[, key$sign < 0, drop = FALSE])))
    }
    one <- suppressWarnings(fa(items, 1, fm = "minres"))
    loadings <- as.vector(one$loadings)
    if (sum(sign(loadings)) < 0) loadings <- -loadings
    say(set, moment, schaal, "", "omega", sum(loadings)^2 / (sum(loadings)^2 + sum(1 - loadings^2)))
    for (i in seq_len(k)) {
      item <- key$item[i]
      say(set, moment, schaal, item, "gemiddelde", found$item.stats$mean[i])
      say(set, moment, schaal, item, "sd", found$item.stats$sd[i])
      say(set, moment, schaal, item, "item_rest", found$item.stats$r.drop[i])
      say(set, moment, schaal, item, "alpha_zonder", found$alpha.drop$raw_alpha[i])
      say(set, moment, schaal, item, "lading", loadings[i])
    }
  }
}
versions <- paste0("# ", R.version.string, "; psych ", packageVersion("psych"))
writeLines(c(versions, "set,moment,schaal,item,cijfer,waarde", lines), arguments[2])
