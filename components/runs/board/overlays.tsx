'use client'
import { lazy, Suspense, useCallback, useEffect } from 'react'
import { useKeyed } from '../use-keyed.ts'
import { closeOverlay, type Overlay, useDesk } from './desk.ts'
import { Opening } from './opening.tsx'
import { OverlayBoundary } from './overlay-boundary.tsx'

// Each is fetched when it is first opened: the board itself stays small.
const whyPanel = () => import('../item/why-panel.tsx')
const WhyPanel = lazy(whyPanel)
const ItemMenu = lazy(() => import('../item/item-menu.tsx'))
const Shortcuts = lazy(() => import('./shortcuts-dialog.tsx'))
const StepDialog = lazy(() => import('./step-dialog.tsx'))
const NoticeDialog = lazy(() => import('./notice-dialog.tsx'))
const AbortDialog = lazy(() => import('./abort-dialog.tsx'))
const ReleaseDialog = lazy(() => import('./release-dialog.tsx'))
const FactsDialog = lazy(() => import('./facts-dialog.tsx'))

function content(overlay: Overlay) {
  switch (overlay.kind) {
    case 'why':
      return <WhyPanel itemKey={overlay.itemKey} attach={overlay.attach ?? false} />
    case 'menu':
      return <ItemMenu key={overlay.itemKey} itemKey={overlay.itemKey} anchor={overlay.anchor} />
    case 'shortcuts':
      return <Shortcuts />
    case 'start':
    case 'close':
    case 'rollBack':
    case 'undoDeployed':
      return <StepDialog kind={overlay.kind} />
    case 'notice':
      return <NoticeDialog key={overlay.itemKey} itemKey={overlay.itemKey} />
    case 'abort':
      return <AbortDialog />
    case 'correctRelease':
      return <ReleaseDialog />
    case 'facts':
      return <FactsDialog />
  }
}

/** After the board has what it needs itself. */
const FETCH_AHEAD_MS = 2_000

/** What lies over the board now, if anything. */
export function Overlays() {
  const desk = useDesk()
  const overlay = useKeyed(desk.overlay, 'now')
  const close = useCallback(() => closeOverlay(desk), [desk])
  useEffect(() => {
    // What everybody opens is there before it is asked for, as the line may be slow by then, or gone.
    const ahead = setTimeout(() => void whyPanel().catch(() => undefined), FETCH_AHEAD_MS)
    return () => clearTimeout(ahead)
  }, [])
  if (!overlay) return null
  return (
    <OverlayBoundary onBroken={close}>
      <Suspense fallback={<Opening onCancel={close} />}>{content(overlay)}</Suspense>
    </OverlayBoundary>
  )
}
