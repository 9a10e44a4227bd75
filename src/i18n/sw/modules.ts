import type { Translation } from '../catalogue.ts';
import type { modules as english } from '../en/modules.ts';

export const modules: Translation<typeof english> = {
  'error.module-sign-in.cashier':
    'Seva ya tokeni kwenye {place} haikukubali jina na nenosiri la kituo hiki. Hayajaribiwi tena; mwite msimamizi wako.',
  'error.module-sign-in.customer': 'Mashine haiwezi kutengeneza tokeni kwa sasa.',
  'error.module-other-certificate.cashier':
    'Seva iliyo kwenye {place} siyo ile iliyosajiliwa. Hakuna kilichotumwa kwake; mwite msimamizi wako.',
  'error.module-other-certificate.customer': 'Mashine haiwezi kutengeneza tokeni kwa sasa.',
  'error.module-service-off.cashier':
    'Seva ya tokeni kwenye {place} haitengenezi tokeni kwa sasa. Hakuna kilichofanyika; jaribu tena baadaye.',
  'error.module-service-off.customer': 'Mashine haiwezi kutengeneza tokeni kwa sasa.',
  'error.module-missing.cashier':
    'Moduli ya usalama haikupatikana kwenye {place}. Ichomeke na uiwashe; utafutaji na nakala vinaendelea wakati huo.',
  'error.module-missing.customer': 'Mashine haiwezi kutengeneza tokeni kwa sasa.',
  'error.module-permission.cashier':
    'Akaunti hii hairuhusiwi kutumia moduli ya usalama kwenye {place}. Msimamizi anatakiwa kuipa haki, kama mwongozo unavyosema.',
  'error.module-permission.customer': 'Mashine haiwezi kutengeneza tokeni kwa sasa.',
  'error.module-busy.cashier':
    'Programu nyingine inatumia moduli ya usalama kwenye {place}. Funga programu hiyo, au ichomoe na uichomeke moduli.',
  'error.module-busy.customer': 'Mashine haiwezi kutengeneza tokeni kwa sasa.',
  'error.module-disconnected.cashier':
    'Moduli ya usalama ilichomolewa ikifanya kazi. Mauzo yamehifadhiwa; ichomeke, kisha iulize tena.',
  'error.module-disconnected.customer':
    'Pesa zako zimeandikwa. Mashine inatakiwa kukagua jambo kabla ya kutoa tokeni.',
  'error.module-unknown-status.cashier':
    'Moduli ya usalama ilijibu kwa hali isiyojulikana ({status}). Mauzo yamehifadhiwa; mwite msimamizi wako.',
  'error.module-unknown-status.customer':
    'Pesa zako zimeandikwa. Mashine inatakiwa kukagua jambo kabla ya kutoa tokeni.',
  'error.module-not-supported.cashier':
    'Aina hii ya moduli ya usalama haiwezi kufanya hivyo ({call}). Hakuna kilichobadilishwa.',
  'error.module-not-supported.customer': 'Funguo za mashine zinashughulikiwa; inachukua muda mfupi.',
  'error.module-approval.cashier':
    'Watu wawili tofauti wanatakiwa kuidhinisha hili, na wa pili anaingia sasa kwa ajili hiyo. Hakuna kilichobadilishwa.',
  'error.module-approval.customer': 'Funguo za mashine zinashughulikiwa; inachukua muda mfupi.',
  'error.module-hardware.cashier':
    'Moduli ya usalama inaripoti hitilafu ya kifaa chake. Izime na uiwashe; ikirudi, mwite msimamizi wako.',
  'error.module-hardware.customer':
    'Pesa zako zimeandikwa. Mashine inatakiwa kukagua jambo kabla ya kutoa tokeni.',
  'error.module-format.cashier':
    'Moduli ya usalama haikuelewa ombi (02). Hakuna kilichotengenezwa; mwite msimamizi wako.',
  'error.module-format.customer': 'Mashine haiwezi kutengeneza tokeni kwa sasa.',
  'error.module-token-crc.cashier':
    'Tokeni haifumbuki kwa ufunguo wa mita hii. Angalia namba ya mita na tokeni.',
  'error.module-token-crc.customer': 'Namba hii si tokeni ya mita hiyo.',
  'error.module-request-crc.cashier':
    'Ombi lilifika likiwa limeharibika kwenye moduli ya usalama (20). Hakuna kilichotengenezwa; angalia waya wake na uuze tena.',
  'error.module-request-crc.customer': 'Mashine haiwezi kutengeneza tokeni kwa sasa.',
  'error.module-command.cashier':
    'Moduli ya usalama haijui ombi hili (21). Hakuna kilichotengenezwa; mwite msimamizi wako.',
  'error.module-command.customer': 'Mashine haiwezi kutengeneza tokeni kwa sasa.',
  'error.module-kek-state.cashier':
    'Moduli ya usalama haiko tayari kupokea funguo (26). Toa ombi lake tena na uombe funguo zake zitengenezwe.',
  'error.module-kek-state.customer': 'Funguo za mashine zinashughulikiwa; inachukua muda mfupi.',
  'error.module-kek-missing.cashier':
    'Moduli ya usalama haina ufunguo wa usafirishaji wa faili hili, au nafasi yake (27). Toa ombi lake tena.',
  'error.module-kek-missing.customer': 'Funguo za mashine zinashughulikiwa; inachukua muda mfupi.',
  'error.module-key-change.cashier':
    'Moduli ya usalama hairuhusu badiliko hili la ufunguo wa mita (29). Makao makuu yanatakiwa kuangalia taarifa za mita.',
  'error.module-key-change.customer': 'Mita yako haiwezi kuhudumiwa kwenye dirisha hili.',
  'error.module-credit-used-up.cashier':
    'Salio la moduli ya usalama kwa kundi {sgc} limeisha. Hakuna zaidi kinachoweza kuuzwa hapo hadi makao makuu yaliongeze.',
  'error.module-credit-used-up.customer': 'Mashine haiwezi kutengeneza tokeni kwa sasa.',
  'error.module-other-id.cashier':
    'Faili la funguo lilitengenezwa kwa moduli {found}; hii ni {wanted}. Hakuna kilichopakiwa; omba faili la moduli hii.',
  'error.module-other-id.customer': 'Funguo za mashine zinashughulikiwa; inachukua muda mfupi.',
  'error.module-key-range.cashier':
    'Taarifa moja ya ufunguo wa mita imepita mipaka ya moduli ya usalama (40). Makao makuu yanatakiwa kuangalia taarifa za mita.',
  'error.module-key-range.customer': 'Mita yako haiwezi kuhudumiwa kwenye dirisha hili.',
  'error.module-issue-over.cashier':
    'Muda wa kutumia ufunguo wa mauzo wa kundi {sgc} umeisha. Makao makuu yanatakiwa kupakia mpya; angalia saa pia.',
  'error.module-issue-over.customer': 'Mita yako haiwezi kuhudumiwa kwenye dirisha hili leo.',
  'error.module-clock-window.cashier':
    'Saa ya moduli ({moduleTime}) na ya kompyuta ({computerTime}) zimetofautiana mno. Rekebisha saa ya kompyuta; ikiwa ni sahihi, mwite msimamizi wako.',
  'error.module-clock-window.customer': 'Saa ya mashine inatakiwa kurekebishwa kwanza.',
  'error.module-log-end.cashier':
    'Kumbukumbu za moduli ya usalama hazina maingizo zaidi (45). Hakuna zaidi cha kusoma.',
  'error.module-log-end.customer': 'Funguo za mashine zinashughulikiwa; inachukua muda mfupi.',
  'error.module-subclass.cashier':
    'Ufunguo wa mauzo wa kundi {sgc} hauruhusiwi kutengeneza aina hii ya tokeni (48). Makao makuu yanatakiwa kuangalia ufunguo.',
  'error.module-subclass.customer': 'Mita yako haiwezi kuhudumiwa kwenye dirisha hili.',
  'error.module-record-format.cashier':
    'Rekodi moja ya faili la funguo haiko kwa umbo ambalo moduli inapokea (49). Hakuna kilichopakiwa; omba faili tena.',
  'error.module-record-format.customer': 'Funguo za mashine zinashughulikiwa; inachukua muda mfupi.',
  'error.module-field-count.cashier':
    'Ombi lilikuwa na sehemu chache au nyingi mno kwa moduli ya usalama (60). Hakuna kilichotengenezwa; mwite msimamizi wako.',
  'error.module-field-count.customer': 'Mashine haiwezi kutengeneza tokeni kwa sasa.',
  'error.module-field-type.cashier':
    'Sehemu moja ya ombi ilikuwa ya aina isiyo sahihi kwa moduli ya usalama (61). Hakuna kilichotengenezwa; mwite msimamizi wako.',
  'error.module-field-type.customer': 'Mashine haiwezi kutengeneza tokeni kwa sasa.',
  'error.module-field-encoding.cashier':
    'Sehemu moja ya ombi iliandikwa kwa namna ambayo moduli ya usalama haiwezi kusoma (62). Hakuna kilichotengenezwa; mwite msimamizi wako.',
  'error.module-field-encoding.customer': 'Mashine haiwezi kutengeneza tokeni kwa sasa.',
  'error.module-field-range.cashier':
    'Sehemu moja ya ombi ilipita mipaka ya moduli ya usalama (63). Hakuna kilichotengenezwa; angalia taarifa za mita.',
  'error.module-field-range.customer': 'Mita yako haiwezi kuhudumiwa kwenye dirisha hili.',
  'error.module-meter-number.cashier':
    'Moduli ya usalama haikubali namba hii ya mita (76). Makao makuu yanatakiwa kuangalia taarifa za mita.',
  'error.module-meter-number.customer': 'Mita yako haiwezi kuhudumiwa kwenye dirisha hili.',
  'error.module-load-mac.cashier':
    'Muhuri wa faili la funguo si sahihi (77): limebadilishwa, au lilitengenezwa kwa moduli nyingine. Hakuna kilichopakiwa.',
  'error.module-load-mac.customer': 'Funguo za mashine zinashughulikiwa; inachukua muda mfupi.',
  'error.module-load-kcv.cashier':
    'Ufunguo mmoja hautoi thamani ya ukaguzi ambayo faili lake linatangaza (78). Usiutumie; omba faili tena.',
  'error.module-load-kcv.customer': 'Funguo za mashine zinashughulikiwa; inachukua muda mfupi.',
  'error.module-default-key.cashier':
    'Mita hii bado ina ufunguo wake wa awali, ambao haupokei salio (80). Inahitaji kubadilishwa ufunguo kwanza.',
  'error.module-default-key.customer': 'Mita yako haiwezi kuhudumiwa kwenye dirisha hili.',
  'error.module-token-count.cashier':
    'Idadi ya tokeni za kubadili ufunguo haifai mita hii (85). Hakuna kilichotengenezwa; angalia taarifa za mita.',
  'error.module-token-count.customer': 'Mita yako haiwezi kuhudumiwa kwenye dirisha hili.',
  'error.module-instruction.cashier':
    'Moduli ya usalama ilikataa agizo lenye sahihi (87). Hakuna kilichobadilishwa; mwombe aliyelituma atume jipya.',
  'error.module-instruction.customer': 'Funguo za mashine zinashughulikiwa; inachukua muda mfupi.',
  'error.module-key-attribute.cashier':
    'Sifa moja ya ufunguo wa mauzo si sahihi (94). Makao makuu yanatakiwa kupakia ufunguo tena.',
  'error.module-key-attribute.customer': 'Mita yako haiwezi kuhudumiwa kwenye dirisha hili.',
  'error.module-own-words.cashier':
    'Moduli ya usalama inasema: {text}. Mauzo yamehifadhiwa; mwite msimamizi wako.',
  'error.module-own-words.customer':
    'Pesa zako zimeandikwa. Mashine inatakiwa kukagua jambo kabla ya kutoa tokeni.',
};
