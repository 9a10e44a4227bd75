import { DisplayScreen } from '../screens/display/DisplayScreen.tsx';
import { showPage } from './providers.tsx';

showPage(<DisplayScreen />, { ownLanguage: true });
