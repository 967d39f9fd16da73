//! Drawing: one renderer for the process, the site's configuration, and a limit on its time.

use super::clean::clean;
use super::colour::sentinels;
use super::drawing::{Drawing, PLACEHOLDER};
use super::kind::{Kind, Palette};
use super::measure::width;
use merman::svg::{
    DeterministicTextMeasurer, MeasurementProfileId, SvgRenderOptions, TextMeasurementPolicy, TextMeasurementProfile,
    TextMeasurementProfileIdentity,
};
use merman::{
    Engine, MermaidConfig, OperationControl, ParseOptions, RenderError, RenderOutput, RenderRequest,
    RenderSemanticModel, Renderer, SvgEnvironment, SvgRequest,
};
use serde_json::{Map, Value, json};
use std::sync::LazyLock;
use std::time::Duration;

/// Fonts with the widths of the table in `widths`, in the order in which systems have them.
const FONTS: &str = "Arial, 'Liberation Sans', Arimo, Helvetica, sans-serif";
/// Width of the column of text in CSS pixels; charts without a size of their own take it.
const COLUMN: f64 = 760.0;
/// The library's own limits on a source's length and edges, out of the way of the settings'.
const UNLIMITED: usize = 1 << 30;
/// Colours of slices and series, told apart by lightness too; black text reads on each.
const SERIES: &[&str] =
    &["#7fb0e6", "#f2c062", "#8fc99a", "#e59a8e", "#b9a3e3", "#7ccbc9", "#d9c7a0", "#c3cad2", "#e8a9cd", "#a8c66c"];
/// Settings that a document cannot change: they belong to the site.
const LOCKED: &[&str] = &[
    "secure",
    "securityLevel",
    "startOnLoad",
    "maxTextSize",
    "maxEdges",
    "suppressErrorRendering",
    "theme",
    "themeVariables",
    "themeCSS",
    "darkMode",
    "fontFamily",
    "altFontFamily",
    "fontSize",
    "look",
    "layout",
    "handDrawnSeed",
    "htmlLabels",
    "arrowMarkerAbsolute",
    "deterministicIds",
    "deterministicIDSeed",
    "dompurifyConfig",
];

/// Kinds for which the library has looks of its own, but for state diagrams; see [`renderer`].
const LOOKED: &[&str] = &["class", "er", "flowchart", "requirement", "sequence"];

/// Why there is no drawing.
#[derive(Debug)]
pub(super) enum Failure {
    /// The renderer refused.
    Refused(RenderError),
    /// It takes longer than this.
    Slow(Duration),
    /// The drawing cannot be shown safely.
    Unsafe,
}

/// Renderers with everything they need, made once.
#[derive(Debug)]
pub(super) struct Studio {
    site: Renderer,
    own: Renderer,
    environment: SvgEnvironment,
}

impl Studio {
    /// Prepares both palettes and the text widths.
    pub(super) fn new() -> Studio {
        Studio {
            site: renderer(site_palette()),
            own: renderer(own_palette()),
            environment: SvgEnvironment::deterministic().with_text_measurement_policy(measurement()),
        }
    }

    /// Draws one source in the time that it may take.
    pub(super) fn draw(&self, source: &str, time: Duration) -> Result<Drawing, Failure> {
        let kind = Kind::of(source);
        let renderer = match kind.palette {
            Palette::Site => &self.site,
            Palette::Own => &self.own,
        };
        let svg = self.render(renderer, source, time).map_err(|error| match error {
            RenderError::Cancelled(_) => Failure::Slow(time),
            other => Failure::Refused(other),
        })?;
        let svg = clean(&svg).map_err(|_not_well_formed| Failure::Unsafe)?;
        Ok(Drawing { svg, title: kind.title, light_only: kind.palette == Palette::Own })
    }

    fn render(&self, renderer: &Renderer, source: &str, time: Duration) -> Result<String, RenderError> {
        let mut request = SvgRequest { environment: self.environment.clone(), ..SvgRequest::default() };
        request.options = SvgRenderOptions { diagram_id: Some(PLACEHOLDER.to_owned()), ..SvgRenderOptions::default() };
        request.layout.container_width = COLUMN;
        request.layout.screen_available_width = Some(2.0 * COLUMN);
        let control = OperationControl::new().with_deadline(time);
        match renderer.render(RenderRequest::svg(source, control, request))? {
            RenderOutput::Svg(Some(output)) => Ok(output.into_parts().0),
            _ => Err(RenderError::NoDiagram),
        }
    }
}

/// Something of what a source means, when it can be read: tells sooner than an analysis that nothing is wrong with it.
pub(super) fn read<T>(source: &str, of: impl FnOnce(&RenderSemanticModel) -> T) -> Option<T> {
    static ENGINE: LazyLock<Engine> = LazyLock::new(|| engine(Map::new()));
    match ENGINE.parse_diagram_for_render_model_sync(source, ParseOptions::strict()) {
        Ok(Some(parsed)) => Some(of(parsed.model())),
        _ => None,
    }
}

/// A renderer that lets documents change direction and curves, and nothing about looks or safety.
fn renderer(variables: Map<String, Value>) -> Renderer {
    Renderer::new().with_engine(engine(variables))
}

/// What reads sources, with the site's settings.
fn engine(variables: Map<String, Value>) -> Engine {
    let mut config = json!({
        "theme": "base",
        "look": "classic",
        "layout": "dagre",
        "securityLevel": "strict",
        "secure": LOCKED,
        "maxEdges": UNLIMITED,
        "maxTextSize": UNLIMITED,
        "fontFamily": FONTS,
        "themeVariables": variables,
    });
    // Without these, each drawing of such a kind corrects a copy of all settings and derives every colour again.
    if let Some(settings) = config.as_object_mut() {
        let looks = json!({ "theme": "base", "look": "classic" });
        settings.extend(LOOKED.iter().map(|kind| ((*kind).to_owned(), looks.clone())));
        settings.insert("state".to_owned(), json!({ "theme": "base", "look": "classic", "layout": "dagre" }));
    }
    Engine::new().with_site_config(MermaidConfig::from_value(config))
}

fn site_palette() -> Map<String, Value> {
    let mut variables = sentinels();
    variables.insert("fontFamily".to_owned(), json!(FONTS));
    variables.insert("dropShadow".to_owned(), json!("none"));
    variables
}

fn own_palette() -> Map<String, Value> {
    let colours = [
        ("background", "#ffffff"),
        ("primaryColor", "#dbe9f9"),
        ("secondaryColor", "#fdeecb"),
        ("tertiaryColor", "#e3f1e4"),
        ("primaryTextColor", "#1f2328"),
        ("secondaryTextColor", "#1f2328"),
        ("tertiaryTextColor", "#1f2328"),
        ("lineColor", "#59636e"),
        ("fontFamily", FONTS),
        ("dropShadow", "none"),
    ];
    let mut variables: Map<_, _> = colours.into_iter().map(|(name, value)| (name.to_owned(), json!(value))).collect();
    for (at, colour) in (1..).zip(SERIES) {
        variables.insert(format!("pie{at}"), json!(colour));
    }
    let series = SERIES.join(",");
    variables.insert("xyChart".to_owned(), json!({ "backgroundColor": "#ffffff", "plotColorPalette": series }));
    variables
}

/// Widths from our table in every phase; the built-in guess when the library should change its rule for names.
fn measurement() -> TextMeasurementPolicy {
    let measurer = DeterministicTextMeasurer::default().with_width_callback(width);
    let identity = MeasurementProfileId::new("precedent.arial")
        .ok()
        .and_then(|id| TextMeasurementProfileIdentity::new(id, "1").ok());
    identity.map_or_else(TextMeasurementPolicy::deterministic, |identity| {
        TextMeasurementPolicy::uniform(TextMeasurementProfile::new(identity, measurer))
    })
}
