/** `"GET /search?q=... HTTP/1.1" 200`: a request as web servers log it, in the common and combined formats and Envoy's. */
const request = /"(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT|TRACE|PRI|-)(?: [^"]{0,4000})?" \d{3}\b/;

/** A line of an access log. Its words are those of whoever sent the request: they tell nothing of the program. */
export function logsRequest(line: string): boolean {
  return request.test(line);
}
