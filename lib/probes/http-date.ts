const IMF_FIXDATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/** Milliseconds since 1970 of an HTTP date (RFC 9110, 5.6.7), of the one form that may still be sent; null for anything else. */
export function httpDate(text: string): number | null {
  const at = IMF_FIXDATE.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? null : at
}
