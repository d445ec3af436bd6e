# What R says of the size of a study; `Rscript tests/steekproef/steekproef.R` makes the two tables beside it again.
# paren.csv: the smallest number of pairs for the paired t-test (two-sided .05), by pt() with a noncentrality; as
# power.t.test(type = "paired", strict = TRUE) does. alpha.csv: the smallest n for an expected width of the interval of
# Feldt, by integrate() over the F distribution of (1 - alpha) / (1 - sample alpha); and for a chance of .8.
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))

power <- function(n, dz) {
  border <- qt(.975, n - 1)
  pt(border, n - 1, sqrt(n) * dz, lower.tail = FALSE) + pt(-border, n - 1, sqrt(n) * dz)
}
smallest <- function(n, enough) { while (!enough(n)) n <- n + 1; n }

pairs <- expand.grid(verandering = c(.05, .1, .2, .3, .5, .8, 1.5, 5), macht = c(.5, .8, .9, .95, .99),
                     samenhang = c(0, .3, .5, .7, .9))
pairs$n <- mapply(function(d, p, r) smallest(2, function(n) power(n, d / sqrt(2 * (1 - r))) >= p),
                  pairs$verandering, pairs$macht, pairs$samenhang)
stopifnot(ceiling(power.t.test(delta = .3, sd = 1, power = .8, type = "paired", strict = TRUE)$n) ==
          pairs$n[pairs$verandering == .3 & pairs$macht == .8 & pairs$samenhang == .5])
write.csv(pairs, file.path(here, "paren.csv"), row.names = FALSE, quote = FALSE)

factors <- function(n, k) qf(.975, n - 1, (n - 1) * (k - 1)) - qf(.025, n - 1, (n - 1) * (k - 1))
width <- function(n, k, a) {
  integrate(function(x) (1 - a) / x * factors(n, k) * df(x, n - 1, (n - 1) * (k - 1)), 0, Inf, rel.tol = 1e-11)$value
}
narrow <- function(n, k, a, w) pf((1 - a) * factors(n, k) / w, n - 1, (n - 1) * (k - 1), lower.tail = FALSE)
alphas <- data.frame(vragen = c(5, 5, 3, 10, 2, 17, 4), alpha = c(.8, .7, .7, .9, .6, .85, .95),
                     breedte = c(.1, .1, .2, .05, .3, .08, .1))
rows <- mapply(function(k, a, w) {
  n <- smallest(4, function(n) width(n, k, a) <= w)
  c(n, width(n, k, a), narrow(n, k, a, w), smallest(4, function(n) narrow(n, k, a, w) >= .8))
}, alphas$vragen, alphas$alpha, alphas$breedte)
alphas <- cbind(alphas, n = rows[1, ], verwacht = sprintf("%.10f", rows[2, ]), kans = sprintf("%.10f", rows[3, ]),
                ruim = rows[4, ])
write.csv(alphas, file.path(here, "alpha.csv"), row.names = FALSE, quote = FALSE)
writeLines(R.version.string, file.path(here, "versie.txt"))
