'use client'
import { useRef } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Progress } from '#components/ui/progress.tsx'
import type { BoardView } from '#lib/runs/board.ts'
import { useBoard } from '../use-board.ts'
import { useDesk } from './desk.ts'
import { cancelProbes, startProbes } from './probe-doings.ts'

type ProbeCounts = { all: number; failing: number; active: number; running: number }

function countProbes({ items }: Pick<BoardView, 'items'>): ProbeCounts {
  const probed = items.filter((item) => (item.probe || item.shadow) && (item.can.probe || item.attempt))
  return {
    all: probed.length,
    failing: probed.filter((item) => item.failing).length,
    active: probed.filter(({ attempt }) => attempt !== null).length,
    running: probed.filter(({ attempt }) => attempt?.state === 'running').length,
  }
}

/** Machines go first: run all of them, or those that fail; while they run, how far they are and a way to stop. */
export function ProbeButtons() {
  const desk = useDesk()
  const probes = useBoard(countProbes)
  const may = useBoard((board) => board.can.probe)
  const most = useRef(0)
  most.current = probes.active === 0 ? 0 : Math.max(most.current, probes.active)
  if (probes.active > 0) {
    return (
      <div className="flex min-w-44 items-end gap-3">
        <div className="min-w-32 flex-1">
          <Progress label="Probes" value={most.current - probes.active} max={most.current} showText />
        </div>
        {may ? <Button onClick={() => void cancelProbes(desk, 'all')}>Cancel probes</Button> : null}
      </div>
    )
  }
  if (!may || probes.all === 0) return null
  return (
    <div className="flex flex-wrap gap-2">
      {probes.failing > 0 ? (
        <Button onClick={() => void startProbes(desk, 'failing')}>Run {probes.failing} failing</Button>
      ) : null}
      <Button kbd="shift R" onClick={() => void startProbes(desk, 'all')}>
        Run all probes
      </Button>
    </div>
  )
}
