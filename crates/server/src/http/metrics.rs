//! Figures for Prometheus: by route template, method and status. No label ever holds anything of a request besides.

use prometheus::{
    Encoder, HistogramOpts, HistogramVec, IntCounterVec, IntGauge, IntGaugeVec, Opts, Registry, TextEncoder,
};
use std::time::Duration;

const BUCKETS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// The figures of a process.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    latency: HistogramVec,
    sign_ins: IntCounterVec,
    in_flight: IntGauge,
    dependencies: IntGaugeVec,
}

impl Metrics {
    /// Figures that all start at zero.
    ///
    /// # Errors
    /// A name is used twice.
    pub fn new() -> Result<Self, prometheus::Error> {
        let metrics = Self {
            registry: Registry::new(),
            requests: IntCounterVec::new(
                Opts::new("threadwell_http_requests_total", "Requests answered."),
                &["method", "route", "status"],
            )?,
            latency: HistogramVec::new(
                HistogramOpts::new("threadwell_http_request_seconds", "Time to answer.")
                    .buckets(BUCKETS.to_vec()),
                &["method", "route"],
            )?,
            sign_ins: IntCounterVec::new(
                Opts::new("threadwell_sign_ins_total", "Attempts to sign in."),
                &["audience", "outcome"],
            )?,
            in_flight: IntGauge::new("threadwell_http_requests_in_flight", "Requests being answered.")?,
            dependencies: IntGaugeVec::new(
                Opts::new("threadwell_dependency_up", "Whether what files need answers."),
                &["name"],
            )?,
        };
        metrics.registry.register(Box::new(metrics.requests.clone()))?;
        metrics.registry.register(Box::new(metrics.latency.clone()))?;
        metrics.registry.register(Box::new(metrics.sign_ins.clone()))?;
        metrics.registry.register(Box::new(metrics.in_flight.clone()))?;
        metrics.registry.register(Box::new(metrics.dependencies.clone()))?;
        Ok(metrics)
    }

    /// Counts a request in; give the result to [`Metrics::answered`].
    pub(crate) fn started(&self) {
        self.in_flight.inc();
    }

    /// Counts an answer.
    pub(crate) fn answered(&self, method: &str, route: &str, status: u16, took: Duration) {
        self.in_flight.dec();
        self.requests.with_label_values(&[method, route, &status.to_string()]).inc();
        self.latency.with_label_values(&[method, route]).observe(took.as_secs_f64());
    }

    /// Counts an attempt to sign in.
    pub(crate) fn signed_in(&self, audience: &'static str, outcome: &'static str) {
        self.sign_ins.with_label_values(&[audience, outcome]).inc();
    }

    /// Notes whether something that files need answers.
    pub(crate) fn dependency(&self, name: &'static str, is_up: bool) {
        self.dependencies.with_label_values(&[name]).set(i64::from(is_up));
    }

    /// All figures as text.
    pub(crate) fn render(&self) -> Vec<u8> {
        let mut text = Vec::new();
        if let Err(error) = TextEncoder::new().encode(&self.registry.gather(), &mut text) {
            tracing::error!(%error, "metrics cannot be rendered");
        }
        text
    }
}
