'use client'
import { Component, type ReactNode } from 'react'
import { toast } from '#components/ui/toast-store.ts'

type Props = { onBroken: () => void; children: ReactNode }

/** What lies over the board must never take the board with it, such as when its script cannot be fetched. */
export class OverlayBoundary extends Component<Props, { isBroken: boolean }> {
  override state = { isBroken: false }

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true }
  }

  override componentDidCatch(): void {
    toast({
      tone: 'error',
      title: 'This could not be opened',
      body: 'Reload the page and try again; the board itself is up to date.',
    })
    this.props.onBroken()
  }

  override render(): ReactNode {
    return this.state.isBroken ? null : this.props.children
  }
}
