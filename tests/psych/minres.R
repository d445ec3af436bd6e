# Loadings by R psych of lists with two groups of three vragen that have nothing to do with each other, and hang together
# equally well: one factor then has several hollows to end in. To make the figures again:
#   Rscript tests/psych/minres.R tests/psych/minres.csv
# One line for each list: the 15 correlations above the diagonal, row after row, then the 6 loadings.
suppressMessages(library(psych))
set.seed(21)
lines <- character()
while (length(lines) < 40) {
  weight <- cbind(c(.75, .75, .75, 0, 0, 0), c(0, 0, 0, .75, .75, .75))
  raw <- matrix(rnorm(400), 200) %*% t(weight) + matrix(rnorm(1200), 200) * sqrt(1 - .75^2)
  found <- cor(pmin(pmax(round(3 + raw), 1), 5))
  if (abs(sum(found[1:3, 1:3]) - sum(found[4:6, 4:6])) > 0.04) next
  one <- suppressWarnings(suppressMessages(fa(found, 1, n.obs = 200, fm = "minres")))
  numbers <- c(t(found)[lower.tri(found)], as.vector(one$loadings))
  lines <- c(lines, paste(format(numbers, digits = 17, scientific = FALSE, trim = TRUE), collapse = ","))
}
versions <- paste0("# ", R.version.string, "; psych ", packageVersion("psych"))
writeLines(c(versions, lines), commandArgs(trailingOnly = TRUE)[1])
