/**
 * Where viewers are: countries with access networks of large providers, so that a geography lookup finds the country.
 * The ranges are registry allocations; a test looks every one of them up.
 */
export interface Country {
  /** ISO 3166-1 alpha-2. */
  readonly code: string;
  /** Share of the audience, in percent. */
  readonly share: number;
  readonly utcOffsetHours: number;
  readonly v4: readonly string[];
  /** Leading groups of IPv6 networks; the other groups are filled at random. */
  readonly v6: readonly string[];
}

export const countries: readonly Country[] = [
  { code: "DE", share: 27, utcOffsetHours: 1, v4: ["79.192.0.0/10", "84.128.0.0/10"], v6: ["2003:c0", "2a02:8109"] },
  { code: "GB", share: 15, utcOffsetHours: 0, v4: ["81.128.0.0/11", "86.128.0.0/11"], v6: ["2a00:23c4"] },
  { code: "FR", share: 12, utcOffsetHours: 1, v4: ["90.0.0.0/11", "82.64.0.0/14"], v6: ["2a01:cb00", "2a01:e0a"] },
  { code: "ES", share: 7, utcOffsetHours: 1, v4: ["88.0.0.0/11"], v6: ["2a02:9130"] },
  { code: "IT", share: 7, utcOffsetHours: 1, v4: ["79.0.0.0/11"], v6: ["2001:b07"] },
  { code: "NL", share: 5, utcOffsetHours: 1, v4: ["86.80.0.0/13"], v6: ["2a02:a440"] },
  { code: "PL", share: 5, utcOffsetHours: 1, v4: ["83.0.0.0/11"], v6: ["2a00:f41"] },
  { code: "SE", share: 3, utcOffsetHours: 1, v4: ["78.64.0.0/12"], v6: ["2a02:aa1"] },
  { code: "US", share: 9, utcOffsetHours: -5, v4: ["73.0.0.0/9", "71.160.0.0/12"], v6: ["2601:100", "2600:1700"] },
  { code: "CA", share: 2, utcOffsetHours: -5, v4: ["70.48.0.0/13"], v6: ["2607:fea8"] },
  { code: "BR", share: 3, utcOffsetHours: -3, v4: ["177.32.0.0/15"], v6: ["2804:14c"] },
  { code: "IN", share: 2, utcOffsetHours: 5.5, v4: ["117.192.0.0/11"], v6: ["2405:201"] },
  { code: "JP", share: 2, utcOffsetHours: 9, v4: ["126.0.0.0/10"], v6: ["2400:2410"] },
  { code: "AU", share: 1, utcOffsetHours: 10, v4: ["1.120.0.0/14"], v6: ["2001:8003"] },
];
