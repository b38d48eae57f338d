'use client'
import { useEffect, useState } from 'react'
import { Progress } from '#components/ui/progress.tsx'
import { paths } from '#lib/shared/paths.ts'

const EVERY_MS = 700

async function readLine(signal: AbortSignal): Promise<string | null> {
  const response = await fetch(paths.api.setup(), { signal })
  const { progress } = (await response.json()) as { progress: string | null }
  return progress
}

/** What the server is writing of the sample team right now. It is only told: without an answer the work goes on. */
export function SampleProgress() {
  const [line, setLine] = useState('Writing the sample team')
  useEffect(() => {
    const abort = new AbortController()
    const timer = setInterval(() => {
      readLine(abort.signal)
        .then((now) => {
          if (now) setLine(now)
        })
        .catch(() => undefined)
    }, EVERY_MS)
    return () => {
      clearInterval(timer)
      abort.abort()
    }
  }, [])
  const [, done, all] = /run (\d+) of (\d+)/.exec(line) ?? []
  return (
    <div className="grid gap-2">
      <Progress
        label="The sample team"
        {...(done && all ? { value: Number(done) - 1, max: Number(all) } : {})}
      />
      <p role="status" className="m-0 text-sm text-soft">
        {line}…
      </p>
    </div>
  )
}
