/** `"GET /search?q=... HTTP/1.1" 200`: a request as web servers log it, in the common and combined formats and Envoy's. */
const request = /"(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT|TRACE|PRI|-)(?: [^"]{0,4000})?" (?<status>\d{3})\b/;
/** The same in fields: a method, and a status beside it. */
const method = /"[\w.-]{0,40}(?:method|verb)"\s*:\s*"[A-Z]{3,7}"|\bmethod="?[A-Z]{3,7}\b/;
const status =
  /(?:"(?:[\w.-]{0,40}[_.])?(?:status|status_?code|response_?code)"\s*:\s*"?|\b(?:status|status_code|code|response_code)="?)(?<status>[1-5]\d\d)\b/i;
/** What a program says of it in its own words. */
const comment = /"(?:err|error|message|msg|exception|stack)"\s*:|\b(?:err|error|msg|message)=/;
const longest = 4000;

/** The status of a request that a line logs, and where in the line it ends; undefined of any other line. */
export function statusLogged(line: string): { readonly status: number; readonly end: number } | undefined {
  const head = line.slice(0, longest);
  const match = request.exec(head) ?? (method.test(head) ? status.exec(head) : null);
  return match === null ? undefined : { status: Number(match.groups?.['status']), end: match.index + match[0].length };
}

/** A line of an access log. Its words are those of whoever sent the request: they tell nothing of the program. */
export function logsRequest(line: string): boolean {
  return request.test(line) || (statusLogged(line) !== undefined && !comment.test(line));
}
