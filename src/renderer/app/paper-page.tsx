import { PaperScreen } from '../screens/paper/PaperScreen.tsx';
import { showPage } from './providers.tsx';

showPage(<PaperScreen />);
