/** A call of the Web API as JSON, with its status and answer as they came. */
export async function callApi(
  apiUrl: string,
  method: string,
  token: string,
  args: Readonly<Record<string, unknown>> = {},
): Promise<{ readonly status: number; readonly headers: Headers; readonly answer: Readonly<Record<string, unknown>> }> {
  const response = await fetch(apiUrl + method, {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(args),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    answer: (text.startsWith('{') ? JSON.parse(text) : { text }) as Record<string, unknown>,
  };
}
