'use client'
import { type KeyboardEvent, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { paths } from '#lib/shared/paths.ts'

type Fetched = { source: string; name: string; note?: string | null }
type Refused = { title?: string; errors?: { url?: string } }

async function fetchAddress(team: string, url: string): Promise<Fetched | string> {
  try {
    const response = await fetch(paths.api.templateFetch(), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ team, url }),
    })
    const answer = (await response.json()) as Fetched | Refused
    if (response.ok && 'source' in answer) return answer
    const refused = answer as Refused
    return refused.errors?.url ?? refused.title ?? 'This could not be fetched. Paste the text instead.'
  } catch {
    return 'The server did not answer. Try again, or paste the text.'
  }
}

/** Fetches a checklist from an address that this instance may reach. */
export function AddressField({ team, onFetched }: { team: string; onFetched: (fetched: Fetched) => void }) {
  const [url, setUrl] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [pending, setPending] = useState(false)

  async function fetchIt() {
    if (pending) return
    if (!URL.canParse(url.trim())) {
      setProblem('Write the whole address, with https:// in front.')
      return
    }
    setPending(true)
    setProblem(null)
    const answer = await fetchAddress(team, url.trim())
    setPending(false)
    if (typeof answer === 'string') setProblem(answer)
    else onFetched(answer)
  }

  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-2">
      <TextField
        name="url"
        type="url"
        label="Or fetch it from an address"
        hint="The file itself, or its page on a forge"
        placeholder="https://…/DEPLOYMENT_CHECKLIST.md"
        value={url}
        error={problem ?? undefined}
        onChange={(event) => setUrl(event.target.value)}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          void fetchIt()
        }}
        autoComplete="off"
      />
      <Button className="mt-6 min-h-9" pending={pending} onClick={fetchIt}>
        Fetch
      </Button>
    </div>
  )
}
