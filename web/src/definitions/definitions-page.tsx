export default function DefinitionsPage() {
  return <p class="waiting">…</p>
}
