# What benchmarks/groep.py measures of R:  Rscript groep_taken.R TASK KEY.csv IN.csv OUT.csv
arguments <- commandArgs(trailingOnly = TRUE)
task <- arguments[1]
suppressPackageStartupMessages(library(data.table))
setDTthreads(0)  # every core, as the others have
key <- read.csv(arguments[2], stringsAsFactors = FALSE)
key$vraag <- gsub("-", ".", key$vraag)  # psych takes the sign for a reversed vraag
schalen <- split(key, factor(key$schaal, levels = unique(key$schaal)))
table <- fread(arguments[3])
setnames(table, gsub("-", ".", names(table)))

turned <- function(schaal) {
  items <- table[, schaal$vraag, with = FALSE]
  for (i in which(schaal$omgekeerd == 1)) {
    vraag <- schaal$vraag[i]
    set(items, j = vraag, value = schaal$laagste[i] + schaal$hoogste[i] - items[[vraag]])
  }
  items
}

key_list <- function() lapply(schalen, function(schaal) ifelse(schaal$omgekeerd == 1, paste0("-", schaal$vraag), schaal$vraag))

if (task == "rowmeans") {  # the rule of the schaal: enough vragen answered
  out <- data.table(id = table$id)
  for (naam in names(schalen)) {
    items <- as.matrix(turned(schalen[[naam]]))
    answered <- rowSums(!is.na(items))
    value <- rowMeans(items, na.rm = TRUE)
    value[answered < schalen[[naam]]$minimaal[1]] <- NA
    set(out, j = naam, value = value)
  }
  fwrite(out, arguments[4])
} else if (task == "scorefast" || task == "scoreitems") {  # neither asks that enough vragen were answered
  suppressPackageStartupMessages(library(psych))
  items <- as.data.frame(table[, unique(key$vraag), with = FALSE])
  if (task == "scorefast") {
    scores <- scoreFast(key_list(), items, min = key$laagste[1], max = key$hoogste[1], impute = "none")
  } else {
    scores <- scoreItems(key_list(), items, min = key$laagste[1], max = key$hoogste[1], missing = TRUE, impute = "none")$scores
  }
  fwrite(data.table(id = table$id, scores), arguments[4])
} else if (task == "alpha") {
  suppressPackageStartupMessages(library(psych))
  alphas <- vapply(schalen, function(schaal) {
    alpha(as.data.frame(turned(schaal)), use = "complete.obs", warnings = FALSE)$total$raw_alpha
  }, numeric(1))
  write.csv(data.frame(schaal = names(alphas), alpha = alphas), arguments[4], row.names = FALSE)
} else {
  stop("unknown task: ", task)
}
