/** What the sample target serves to people: a page with a button for every failure. */
export const SCRIPT = `const list = document.querySelector('ul')
async function show() {
  const switches = await (await fetch('/switch')).json()
  list.replaceChildren(...Object.entries(switches).map(([name, { on, does }]) => {
    const line = document.createElement('li')
    const button = document.createElement('button')
    button.textContent = (on ? 'Repair: ' : 'Break: ') + name + ' (' + does + ')'
    button.setAttribute('aria-pressed', String(on))
    button.addEventListener('click', async () => {
      await fetch('/switch', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name, on: !on }) })
      await show()
    })
    line.append(button)
    return line
  }))
}
show()
${'// padding, so that compressing this file makes it visibly smaller\n'.repeat(30)}`

export const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Sample target</title></head>
<body><main><h1>Sample target</h1><p>A small service for probes to look at. Break a part of it and probe again.</p><ul></ul></main>
<script src="/static/app.js" defer></script></body></html>
`
