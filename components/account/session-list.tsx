'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Table } from '#components/ui/table.tsx'
import { Tag } from '#components/ui/tag.tsx'
import { Time } from '#components/ui/time.tsx'
import { toast } from '#components/ui/toast-store.ts'
import { endSessionAction } from '#lib/people/actions.ts'
import type { MySession } from '#lib/people/read.ts'
import { counted } from '#lib/shared/words.ts'
import { useFormAction } from './use-form-action.ts'

/** Where the person is signed in; each session but this one can be ended at once. */
export function SessionList({ sessions }: { sessions: MySession[] }) {
  const router = useRouter()
  const [ending, setEnding] = useState<string | null>(null)
  const { refusal, send } = useFormAction(endSessionAction)

  async function end(session: string): Promise<void> {
    if (ending) return
    setEnding(session)
    const result = await send({ session })
    setEnding(null)
    if (!result.ok) return
    const { ended } = result.value.value
    toast({
      tone: 'go',
      title:
        ended === 0 ? 'That session was over already' : `${counted({ count: ended, one: 'session' })} ended`,
    })
    router.refresh()
  }

  return (
    <div className="grid gap-3">
      {refusal ? (
        <Notice tone="error" live>
          {refusal.message}
        </Notice>
      ) : null}
      <Table caption="Your sessions">
        <thead>
          <tr>
            <th scope="col">Device</th>
            <th scope="col">Last seen</th>
            <th scope="col">
              <span className="sr-only">End</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sessions.map((session) => (
            <tr key={session.id}>
              <td>
                {session.device} {session.current ? <Tag tone="accent">This one</Tag> : null}
                <span className="block font-mono text-xs break-all text-soft">{session.address}</span>
              </td>
              <td>
                <Time at={session.lastSeenAt} show="relative" />
                <span className="block text-sm text-soft">
                  since <Time at={session.createdAt} show="minute" />
                </span>
              </td>
              <td className="text-right">
                {session.current ? null : (
                  <Button
                    size="sm"
                    pending={ending === session.id}
                    aria-label={`End the session of ${session.device}`}
                    onClick={() => end(session.id)}
                  >
                    End
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      {sessions.length > 1 ? (
        <div>
          <Button pending={ending === 'others'} onClick={() => end('others')}>
            End all others
          </Button>
        </div>
      ) : null}
    </div>
  )
}
