/** Figures that stand among the metrics of a progress line and are none: settings, counters, clocks. */
const UNWANTED =
  /^(?:epoch|step|global_step|iter|iteration|lr|lr[-/].*|.*learning_rate|v_num|eta|time|num_tokens|num_input_tokens_seen|total_flos|.*_runtime|.*_per_second|.*_samples|.*_flos|.*_time|(?:.*_)?batch_size|.*_mem\w*_\w+|ms|s)$/i;

/** For presets, which let out every metric of their framework. */
export function isMetricName(name: string): boolean {
  return !UNWANTED.test(name);
}
