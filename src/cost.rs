//! The arithmetic of decisions: what a thing costs for as long as it is owned.

use crate::record::{Cost, CostOption, LONGEST_HORIZON, Sourcing};

/// What one way of having a thing costs, by when it is paid. All amounts are in the currency of their table.
///
/// The cost of the first `n` years is `once + n · maintenance + yearly · (1 + (1 + growth) + … + (1 + growth)^(n − 1))`: what
/// is paid once falls into the first year, maintenance stays as it is, and what is paid each year grows. Of a year that is
/// begun within the horizon, its share counts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ownership {
    /// Paid once, at the start: `initial`, `integration`, and any amount that is not named as one of the others.
    pub once: f64,
    /// Maintenance of what was built, a year: `initial · maintenance-rate`.
    pub maintenance: f64,
    /// Paid in the first year, and more or less of it each year after: every amount whose name ends in `per-year`.
    pub yearly: f64,
    /// By which share of itself that grows from one year to the next: `growth-rate`.
    pub growth: f64,
}

impl Ownership {
    /// Sorts the amounts of an option.
    pub fn of(option: &CostOption) -> Ownership {
        let mut cost = Ownership::default();
        for (name, amount) in &option.amounts {
            match name.value.as_str() {
                "maintenance-rate" => cost.maintenance = amount.value * amount_named(option, "initial").unwrap_or(0.0),
                // Nothing shrinks by more than all of it.
                "growth-rate" => cost.growth = amount.value.max(-1.0),
                name if name.ends_with("per-year") => cost.yearly += amount.value,
                _ => cost.once += amount.value,
            }
        }
        cost
    }

    /// The cost of the first `years` years; not finite where the figures are beyond all measure, and always a number.
    pub fn over(&self, years: f64) -> f64 {
        let total = self.sum(years.clamp(0.0, LONGEST_HORIZON));
        if total.is_nan() { f64::INFINITY } else { total }
    }

    fn sum(&self, years: f64) -> f64 {
        let mut total = self.once;
        let (mut left, mut yearly) = (years, self.yearly);
        while left > 0.0 {
            total += (self.maintenance + yearly) * left.min(1.0);
            yearly *= 1.0 + self.growth;
            left -= 1.0;
        }
        total
    }

    /// The first year, from 1, by whose end this has cost less than `other`, having cost as much or more in the year before (or
    /// at the start); `None` when that does not come within the horizon.
    pub fn breaks_even(&self, other: &Ownership, horizon: f64) -> Option<u32> {
        let is_less = |year: f64| self.over(year) < other.over(year);
        let mut year = 0;
        while f64::from(year) < horizon.clamp(0.0, LONGEST_HORIZON) {
            if !is_less(f64::from(year)) && is_less(f64::from(year + 1)) {
                return Some(year + 1);
            }
            year += 1;
        }
        None
    }
}

/// The amount of a name.
pub fn amount_named(option: &CostOption, name: &str) -> Option<f64> {
    option.amounts.iter().find(|(known, _)| known.value == name).map(|(_, amount)| amount.value)
}

/// The option of a name: `build`, `buy`, `partner`, `do-nothing`.
pub fn option_named<'a>(cost: &'a Cost, name: &str) -> Option<&'a CostOption> {
    cost.options.iter().find(|option| option.name.value == name)
}

/// The option that a sourcing chooses; `None` for an integration, which has no price of its own.
pub fn chosen(cost: &Cost, sourcing: Sourcing) -> Option<&CostOption> {
    option_named(cost, way(sourcing)?)
}

/// The name of the option that a sourcing chooses.
pub fn way(sourcing: Sourcing) -> Option<&'static str> {
    match sourcing {
        Sourcing::Build => Some("build"),
        Sourcing::Buy => Some("buy"),
        Sourcing::Partner => Some("partner"),
        Sourcing::Integrate => None,
    }
}

/// The walk-away price: what building it ourselves costs over the horizon, maintenance included. A vendor who asks for more is
/// not worth the dependency, on the figures alone. `None` without a horizon or without figures for building, or where those come
/// to nothing that can be compared.
pub fn walk_away_price(cost: &Cost) -> Option<f64> {
    let horizon = cost.horizon_years.as_ref()?.value;
    let build = option_named(cost, "build").filter(|build| !build.amounts.is_empty())?;
    Some(Ownership::of(build).over(horizon)).filter(|price| price.is_finite())
}

/// An amount for readers: `USD 1,350,000`, rounded to whole units.
pub fn money(amount: f64, currency: &str) -> String {
    let digits = format!("{:.0}", amount.abs());
    let places = digits.len();
    let grouped: String = digits
        .char_indices()
        .flat_map(|(at, digit)| (at > 0 && (places - at).is_multiple_of(3)).then_some(',').into_iter().chain([digit]))
        .collect();
    let sign = if amount <= -0.5 { "−" } else { "" };
    if currency.is_empty() { format!("{sign}{grouped}") } else { format!("{currency} {sign}{grouped}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Span, Spanned};

    fn option(name: &str, amounts: &[(&str, f64)]) -> CostOption {
        let at = |name: &str| Spanned::new(name.to_owned(), Span::default());
        let amounts = amounts.iter().map(|(name, amount)| (at(name), Spanned::new(*amount, Span::default())));
        CostOption { name: at(name), amounts: amounts.collect() }
    }

    fn build() -> CostOption {
        option("build", &[("initial", 600_000.0), ("maintenance-rate", 0.25), ("run-per-year", 40_000.0)])
    }

    fn buy() -> CostOption {
        option(
            "buy",
            &[("initial", 50_000.0), ("licence-per-year", 180_000.0), ("growth-rate", 0.15), ("integration", 90_000.0)],
        )
    }

    #[test]
    fn building_costs_its_price_and_its_keep() {
        // 600,000 + 5 · (150,000 + 40,000)
        assert_eq!(Ownership::of(&build()).over(5.0), 1_550_000.0);
        assert_eq!(Ownership::of(&build()).over(0.0), 600_000.0);
        assert_eq!(Ownership::of(&build()).over(2.5), 600_000.0 + 2.5 * 190_000.0);
    }

    #[test]
    fn a_licence_grows() {
        // 140,000 + 180,000 · (1 + 1.15 + 1.3225 + 1.520875 + 1.74900625), and the bracket is 6.74238125.
        let over = Ownership::of(&buy()).over(5.0);
        assert!((over - 1_353_628.625).abs() < 0.01, "{over}");
    }

    #[test]
    fn what_is_dear_at_first_may_be_cheap_at_last() {
        let (build, buy) = (Ownership::of(&build()), Ownership::of(&buy()));
        // By year: building 790, 980, 1,170, 1,360, 1,550, 1,740, 1,930, 2,120 thousand; buying 320, 527, 765, 1,039, 1,354,
        // 1,716, 2,132: in the seventh year the vendor has become the dearer one.
        assert_eq!(build.breaks_even(&buy, 10.0), Some(7));
        assert_eq!(build.breaks_even(&buy, 5.0), None);
        assert_eq!(buy.breaks_even(&build, 10.0), None, "it was the cheaper one from the start");
    }

    #[test]
    fn odd_figures_give_a_number_all_the_same() {
        let odd = |amounts: &[(&str, f64)]| Ownership::of(&option("x", amounts));
        assert_eq!(odd(&[]).over(5.0), 0.0);
        assert_eq!(odd(&[("run-per-year", 10.0), ("growth-rate", -1.0)]).over(5.0), 10.0);
        assert_eq!(odd(&[("maintenance-rate", 0.2)]).over(5.0), 0.0);
        assert!(odd(&[("run-per-year", 1e300), ("growth-rate", 1e9)]).over(1e9) > 0.0);
        assert_eq!(odd(&[("run-per-year", 10.0), ("growth-rate", -2.0)]).over(5.0), 10.0);
        // Twice the largest number is infinite, and infinity times nothing is no number at all.
        let beyond = [("run-per-year", f64::MAX), ("licence-per-year", f64::MAX), ("growth-rate", -1.0)];
        assert_eq!(odd(&beyond).over(5.0), f64::INFINITY);
        assert_eq!(odd(&[("training", 5.0), ("support-per-year", 1.0)]).over(-3.0), 5.0);
    }

    #[test]
    fn the_walk_away_price_is_what_building_costs() {
        let horizon_years = Some(Spanned::new(5.0, Span::default()));
        let cost = Cost { currency: None, horizon_years, options: vec![build(), buy()] };
        assert_eq!(walk_away_price(&cost), Some(1_550_000.0));
        assert_eq!(walk_away_price(&Cost { horizon_years: None, ..cost.clone() }), None);
        let unpriced = vec![option("build", &[]), buy()];
        assert_eq!(walk_away_price(&Cost { options: unpriced, ..cost.clone() }), None);
        assert_eq!(chosen(&cost, Sourcing::Buy).unwrap().name.value, "buy");
        assert_eq!(money(1_353_628.625, "USD"), "USD 1,353,629");
        assert_eq!((money(0.4, ""), money(-1234.0, "EUR")), ("0".to_owned(), "EUR −1,234".to_owned()));
    }
}
