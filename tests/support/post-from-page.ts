type Route = (request: Request, context: { params: Promise<Record<string, never>> }) => Promise<Response>

/** Posts JSON to a route as a page of Countersign does; `cookie`: whose page, null where nobody is signed in. */
export async function postFromPage(
  post: Route,
  { path, cookie, words }: { path: string; cookie: string | null; words: object },
) {
  const host = 'localhost:3000'
  const request = new Request(`http://${host}${path}`, {
    method: 'POST',
    headers: {
      ...(cookie === null ? {} : { cookie }),
      'content-type': 'application/json',
      origin: `http://${host}`,
      host,
    },
    body: JSON.stringify(words),
  })
  const answer = await post(request, { params: Promise.resolve({}) })
  return { status: answer.status, type: answer.headers.get('content-type'), body: await answer.json() }
}
