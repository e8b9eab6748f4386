/** Pieces of logged URLs; reference 11.1. */

/** Splits at the first `?`; lossless: `uri`, `?` and `query` put together are the URL again when `query` is not null. */
export function splitUrl(url: string): { uri: string; query: string | null } {
  const mark = url.indexOf("?");
  return mark < 0 ? { uri: url, query: null } : { uri: url.slice(0, mark), query: url.slice(mark + 1) };
}

/** Path of a URL for matching: without query, fragment, scheme, host and port, percent-decoded once, in lower case. */
export function matchingPath(uri: string): string {
  const path = uri.replace(/[?#].*$/s, "").replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, "");
  return percentDecoded(path).toLowerCase();
}

/** Value of the first parameter of that name, percent-decoded; `""` when it has none, null when it is not there. */
export function queryParameter(query: string, name: string): string | null {
  for (const parameter of query.replace(/^\?/, "").split("&")) {
    const equals = parameter.indexOf("=");
    const key = equals < 0 ? parameter : parameter.slice(0, equals);
    if (percentDecoded(key) === name) return equals < 0 ? "" : percentDecoded(parameter.slice(equals + 1));
  }
  return null;
}

/** Decodes what is a valid escape and leaves the rest as it is. */
function percentDecoded(text: string): string {
  if (!text.includes("%")) return text;
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}
