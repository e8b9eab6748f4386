/**
 * What Athena's SQL (Trino) has and DuckDB calls otherwise, as macros: the same saved query runs on both.
 *
 * Percentiles are exact here and approximate in Athena, so that a laptop gives the same answer each time.
 */
export const trinoMacros: readonly string[] = [
  "create macro approx_percentile(x, share) as quantile_disc(x, share)",
  "create macro approx_distinct(x) as count(distinct x)",
  "create macro json_parse(text) as json(text)",
  "create macro json_format(value) as cast(value as varchar)",
  "create macro json_extract_scalar(text, path) as json_extract_string(text, path)",
  "create macro regexp_like(text, pattern) as regexp_matches(text, pattern)",
  "create macro from_iso8601_timestamp(text) as cast(text as timestamptz)",
  "create macro from_unixtime(seconds) as to_timestamp(seconds)",
  "create macro to_unixtime(instant) as epoch(instant)",
  "create macro array_join(list, separator) as array_to_string(list, separator)",
  // MySQL's letters, which Trino takes over: minutes are %i and seconds %s, while %M is the month's name.
  "create macro date_format(instant, format) as strftime(instant, replace(replace(replace(format, '%M', '%B'), '%i', '%M'), '%s', '%S'))",
];
