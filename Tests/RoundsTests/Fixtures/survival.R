# Reference values for SurvivalTests: Rscript survival.R GBSG2.csv LUNG.csv [BRCA.csv] > survival.json
# Packages: Debian 12's r-cran-survival 3.5-3 and r-cran-jsonlite; R 4.2.2.
suppressMessages({ library(survival); library(jsonlite) })
args <- commandArgs(TRUE)
tight <- coxph.control(eps = 1e-14, iter.max = 60, toler.chol = 1e-15)

curve <- function(fit) {
  events <- fit$n.event > 0
  list(time = fit$time[events], atRisk = fit$n.risk[events], events = fit$n.event[events],
    survival = fit$surv[events], lower = fit$lower[events], upper = fit$upper[events],
    hazard = fit$cumhaz[events], hazardError = fit$std.chaz[events])
}
groups <- function(formula, data, limit, type) {
  fit <- survfit(formula, data, conf.type = type)
  table <- summary(fit, rmean = limit)$table
  if (is.null(dim(table))) table <- t(as.matrix(table))
  names <- colnames(table)
  parts <- if (is.null(fit$strata)) list(fit) else lapply(seq_along(fit$strata), function(i) fit[i])
  lapply(seq_along(parts), function(i) c(curve(parts[[i]]), list(
    median = table[i, "median"], medianLower = table[i, grep("LCL", names)], medianUpper = table[i, grep("UCL", names)],
    mean = table[i, grep("^\\*?rmean$", names)], meanError = table[i, grep("se\\(rmean\\)", names)])))
}
test <- function(fit) list(chi = fit$chisq, observed = as.numeric(fit$obs), expected = as.numeric(fit$exp))
cox <- function(formula, data, ties = "efron", ph = c("identity", "rank", "km"), baseline = TRUE, ...) {
  fit <- do.call(coxph, list(formula, data = data, ties = ties, control = tight, x = TRUE, ...))
  s <- summary(fit)
  out <- list(n = fit$n, events = fit$nevent, names = names(coef(fit)), beta = as.numeric(coef(fit)),
    se = as.numeric(sqrt(diag(vcov(fit)))), loglik = fit$loglik, score = fit$score, wald = as.numeric(fit$wald.test))
  conc <- concordance(fit)
  out$concordance <- c(as.numeric(conc$concordance))
  out$pairs <- if (is.matrix(conc$count)) colSums(conc$count) else conc$count
  zph <- lapply(ph, function(t) cox.zph(fit, transform = t, terms = FALSE)$table[, "chisq"])
  names(zph) <- ph
  out$zph <- zph
  if (baseline) {
    # At the mean of every column of the design matrix: the linear predictor less that of the means.
    centre <- sum(colMeans(fit$x) * coef(fit))
    zero <- basehaz(fit, centered = FALSE)
    out$baseline <- list(time = zero$time, hazard = zero$hazard * exp(centre))
  }
  out
}

gbsg <- read.csv(args[1], stringsAsFactors = TRUE)
lung <- read.csv(args[2])
g <- Surv(time, cens) ~ horTh + age + tsize + pnodes + progrec
months <- transform(gbsg, time = ceiling(time / 30.4375))
result <- list(
  gbsgAll = groups(Surv(time, cens) ~ 1, gbsg, 1825, "log-log"),
  gbsgPlain = groups(Surv(time, cens) ~ horTh, gbsg, 1825, "plain"),
  gbsgLog = groups(Surv(time, cens) ~ horTh, gbsg, 1825, "log"),
  gbsgGrade = groups(Surv(time, cens) ~ tgrade, gbsg, 1825, "log-log"),
  gbsgMonths = groups(Surv(time, cens) ~ horTh, months, 60, "log-log"),
  logrank = test(survdiff(Surv(time, cens) ~ horTh, gbsg)),
  peto = test(survdiff(Surv(time, cens) ~ horTh, gbsg, rho = 1)),
  logrankGrade = test(survdiff(Surv(time, cens) ~ tgrade, gbsg)),
  logrankInstitution = test(survdiff(Surv(time, status) ~ inst, lung)),
  pairs = list(test(survdiff(Surv(time, cens) ~ tgrade, gbsg, subset = tgrade != "III"))$chi,
    test(survdiff(Surv(time, cens) ~ tgrade, gbsg, subset = tgrade != "II"))$chi,
    test(survdiff(Surv(time, cens) ~ tgrade, gbsg, subset = tgrade != "I"))$chi),
  gbsgEfron = cox(g, gbsg),
  gbsgBreslow = cox(g, gbsg, "breslow"),
  gbsgMonthsEfron = cox(g, months),
  gbsgMonthsBreslow = cox(g, months, "breslow"),
  gbsgFactors = cox(Surv(time, cens) ~ age + tgrade + menostat:tsize, gbsg, baseline = FALSE),
  gbsgStrata = cox(Surv(time, cens) ~ age + tsize + pnodes + progrec + strata(tgrade) + strata(horTh), gbsg, baseline = FALSE),
  gbsgWeighted = cox(g, months, weights = 0.5 + gbsg$estrec %% 3, robust = FALSE, baseline = FALSE),
  gbsgOffset = cox(Surv(time, cens) ~ age + pnodes + offset(tsize / 100), gbsg, baseline = FALSE),
  lung = cox(Surv(time, status) ~ age + sex + ph.ecog, subset(lung, !is.na(inst))),
  lungStrata = cox(Surv(time, status) ~ age + sex + ph.ecog + strata(inst), subset(lung, !is.na(inst)), ph = "identity", baseline = FALSE)
)
result$versions <- list(R = R.version.string, survival = as.character(packageVersion("survival")))
if (length(args) > 2) {
  brca <- read.csv(args[3])
  x <- as.matrix(brca[, c("age_at_index", "ajcc_pathologic_n_N1", "ajcc_pathologic_n_N2", "ajcc_pathologic_t_T2",
    "ajcc_pathologic_t_T3", "race_white", "treatment_or_therapy_yes")])
  brca$x <- x
  result$brca <- cox(Surv(pmax(T, 0), E) ~ x, brca)
  result$brcaKM <- groups(Surv(pmax(T, 0), E) ~ 1, brca, 3650, "log-log")
}
cat(toJSON(result, digits = I(17), auto_unbox = TRUE, na = "null"), "\n")
