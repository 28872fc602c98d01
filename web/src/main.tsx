import { render } from 'preact'
import './design/tokens.css'
import './design/base.css'
import './design/layout.css'
import './design/parts.css'
import './design/print.css'
import './design/theme.ts'
import { watchFreshness } from './answers/live.ts'
import { openSession } from './answers/open-session.ts'
import { App } from './shell/app.tsx'

render(<App />, document.getElementById('page')!)
void openSession()
watchFreshness()
