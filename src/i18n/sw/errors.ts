import type { Translation } from '../catalogue.ts';
import type { errors as english } from '../en/errors.ts';

export const errors: Translation<typeof english> = {
  'error.internal.cashier':
    'Jambo lisilotarajiwa limetokea na hakuna kilichobadilishwa. Jaribu tena; likitokea tena, mwite msimamizi wako. Kumbukumbu {ref}.',
  'error.internal.customer': 'Mashine inahitaji muda mfupi.',
  'error.request-invalid.cashier':
    'Programu imetuma ombi lisilo sahihi. Hakuna kilichobadilishwa. Kumbukumbu {ref}.',
  'error.request-invalid.customer': 'Mashine inahitaji muda mfupi.',
  'error.not-allowed.cashier': 'Wajibu wako hauruhusu jambo hili. Mwombe msimamizi.',
  'error.not-allowed.customer': 'Msimamizi anatakiwa kusaidia hapa.',
  'error.not-signed-in.cashier': 'Hakuna aliyeingia. Ingia kwa jina lako na PIN.',
  'error.not-signed-in.customer': 'Mhudumu anatakiwa kuingia kwanza.',
  'error.sign-in-refused.cashier': 'Jina au PIN si sahihi. Angalia yote mawili na ujaribu tena.',
  'error.sign-in-refused.customer': 'Mhudumu anatakiwa kuingia kwanza.',
  'error.sign-in-locked.cashier': 'PIN zisizo sahihi zimezidi. Subiri sekunde {seconds}, kisha ujaribu tena.',
  'error.sign-in-locked.customer': 'Mhudumu anatakiwa kuingia kwanza.',
  'error.meter-length.cashier':
    'Namba ya mita ina tarakimu 11 au 13 (18 pamoja na mtoaji); hii ina {digits}. Isome tena kwenye mita au kadi.',
  'error.meter-length.customer': 'Nionyeshe tena namba iliyo kwenye mita au kadi yako, tafadhali.',
  'error.meter-check-digit.cashier':
    'Tarakimu ya mwisho hailingani na nyingine, kwa hiyo tarakimu moja si sahihi. Soma tena namba ya mita.',
  'error.meter-check-digit.customer': 'Tarakimu moja ya namba ya mita si sahihi. Nisomee tena, tafadhali.',
  'error.meter-issuer.cashier': 'Namba hii si ya mita ya STS (mtoaji 600727 au 0000). Isome tena.',
  'error.meter-issuer.customer': 'Namba hii si ya mita ya malipo ya kabla tunayohudumia.',
  'error.meter-unknown.cashier':
    'Mita {meter} haipo kwenye orodha. Angalia namba; ikiwa ni sahihi, mita haijasajiliwa kwetu.',
  'error.meter-unknown.customer': 'Mita hii haipo kwenye orodha yetu.',
  'error.nothing-found.cashier':
    'Hakuna kilichopatikana kwa “{text}”. Jaribu namba ya mita, namba ya simu au sehemu ya jina.',
  'error.nothing-found.customer': 'Sikupati hivyo. Je, una namba ya mita yako au risiti ya zamani?',
  'error.directory-import-busy.cashier':
    'Faili {file} linaendelea kusomwa. Subiri limalizike, au lisimamishe.',
  'error.directory-import-busy.customer': 'Hili halihusu ununuzi wako.',
  'error.directory-file.cashier':
    '{reason, select, empty {Faili ni tupu.} unreadable {Faili haliwezi kusomwa ({place}). Angalia jina lake na kama kifaa cha USB kimechomekwa.} notUtf8 {Maandishi ya faili si UTF-8 (kwenye baiti {place}). Lihifadhi tena kama “CSV UTF-8”.} unknownColumn {Safu “{place}” haijulikani. Linganisha mstari wa kwanza na maelezo.} missingColumn {Safu “{place}” haipo kwenye mstari wa kwanza.} columnTwice {Safu moja ipo mara mbili kwenye mstari wa kwanza.} endlessLine {Mstari {place} hauishi: alama ya nukuu haijafungwa, au hili si faili la CSV. Mistari iliyotangulia imechukuliwa.} notAFile {Hii ni folda, si faili.} other {Faili halikuweza kusomwa hadi mwisho ({place}). Mistari iliyochukuliwa inabaki.}}',
  'error.directory-file.customer': 'Hili halihusu ununuzi wako.',
  'error.meter-blocked.cashier': 'Mita hii imezuiwa kuuziwa: {reason}.',
  'error.meter-blocked.customer': 'Mauzo kwa mita hii yamezuiwa. Mtoa huduma wako anaweza kukueleza sababu.',
  'error.amount-empty.cashier': 'Andika kiasi kwanza.',
  'error.amount-empty.customer': 'Unataka kununua kiasi gani?',
  'error.amount-not-a-number.cashier': '“{text}” si kiasi. Tumia tarakimu, na nukta kwa senti.',
  'error.amount-not-a-number.customer': 'Unataka kununua kiasi gani?',
  'error.amount-too-precise.cashier':
    'Sarafu hii ina tarakimu {minorDigits} baada ya nukta. Andika kiasi tena.',
  'error.amount-too-precise.customer': 'Unataka kununua kiasi gani?',
  'error.amount-negative.cashier': 'Kiasi hakiwezi kuwa chini ya sifuri. Kiandike tena bila alama ya kutoa.',
  'error.amount-negative.customer': 'Unataka kununua kiasi gani?',
  'error.amount-zero.cashier': 'Kiasi ni sifuri. Andika anachotaka kulipa mteja.',
  'error.amount-zero.customer': 'Unataka kununua kiasi gani?',
  'error.amount-too-large.cashier': 'Kiasi ni kikubwa mno kwa mauzo mamoja. Angalia idadi ya sifuri.',
  'error.amount-too-large.customer': 'Kiasi hicho ni kikubwa mno kwa ununuzi mmoja.',
  'error.amount-below-minimum.cashier': 'Mauzo madogo kabisa kwa mita hii ni {minimum}. {reason}',
  'error.amount-below-minimum.customer': 'Kiasi kidogo kabisa kinachonunua kitu ni {minimum}.',
  'error.amount-above-maximum.cashier': 'Mauzo makubwa kabisa kwa mita hii ni {maximum}. {reason}',
  'error.amount-above-maximum.customer': 'Kiasi kikubwa kabisa kwa ununuzi mmoja ni {maximum}.',
  'error.nothing-to-buy.cashier': 'Hakuna kinachoweza kuuzwa kwa mita hii sasa. {reason}',
  'error.nothing-to-buy.customer': 'Hakuna kinachoweza kununuliwa kwa mita hii sasa. Rudi kipindi kijacho.',
  'error.cash-too-little.cashier': 'Pesa zilizotolewa ({received}) ni pungufu ya kiasi ({due}).',
  'error.cash-too-little.customer': 'Hizo hazitoshi kwa {due}.',
  'error.tariff-missing.cashier':
    'Hakuna bei iliyopakiwa kwa mita hii kwa tarehe hii. Makao makuu yanatakiwa kutuma bei {tariff}.',
  'error.tariff-missing.customer': 'Bei ya mita yako bado haipo hapa.',
  'error.account-incomplete.cashier':
    'Bei ya mita hii inategemea {missing}, ambayo haijulikani hapa. Omba makao makuu yakamilishe akaunti; hakuna kilichouzwa.',
  'error.account-incomplete.customer':
    'Akaunti ya mita hii lazima ikamilishwe kwanza. Tafadhali uliza shirika.',
  'error.tariff-refused.cashier':
    'Bei ya mita hii haiwezi kukokotolewa kwa kiasi hiki ({reason, select, change {orodha yake ya bei hurudisha pesa inayobaki, na kituo hiki bado hakifanyi hivyo} other {{reason}}}). Hakuna kilichouzwa.',
  'error.tariff-refused.customer': 'Bei ya kiasi hiki haiwezi kukokotolewa hapa.',
  'error.sale-in-doubt.cashier':
    'Haijulikani kama tokeni ilitengenezwa. Mauzo yamehifadhiwa; bonyeza Enter kuiuliza moduli tena. Usiiuzie mita hii tena.',
  'error.sale-in-doubt.customer':
    'Pesa zako zimeandikwa. Mashine inatakiwa kukagua jambo kabla ya kutoa tokeni.',
  'error.meter-has-open-sale.cashier':
    'Mauzo ya awali kwa mita hii bado hayajakamilika (risiti {receiptNumber}). Yakamilishe hayo kwanza.',
  'error.meter-has-open-sale.customer': 'Ununuzi wa awali wa mita yako unatakiwa kukamilishwa kwanza.',
  'error.sale-unknown.cashier': 'Mauzo hayo hayapo kwenye vitabu vya kituo hiki.',
  'error.sale-unknown.customer': 'Sipati ununuzi huo.',
  'error.token-mismatch.cashier':
    'Tokeni ya moduli hailingani na mauzo, kwa hiyo haionyeshwi. Kuuza kwa moduli hii kumesimamishwa. Mwite msimamizi wako.',
  'error.token-mismatch.customer': 'Mashine ina hitilafu na haiwezi kutoa tokeni. Pesa zako zimeandikwa.',
  'error.module-locked.cashier':
    'Moduli ya usalama imefungwa. Msimamizi anatakiwa kuifungua kwa neno lake la siri.',
  'error.module-locked.customer': 'Mashine haiwezi kutengeneza tokeni kwa sasa.',
  'error.module-passphrase.cashier': 'Neno la siri si sahihi. Funguo zimebaki zimefungwa.',
  'error.module-passphrase.customer': 'Mashine haiwezi kutengeneza tokeni kwa sasa.',
  'error.module-file.cashier':
    '{reason, select, missing {Hakuna faili la funguo mahali palipowekwa.} unreadable {Akaunti hii haiwezi kusoma faili la funguo.} unwritable {Faili la funguo haliwezi kuandikwa: angalia diski na haki za akaunti hii.} foreign {Faili lililo mahali palipowekwa si faili la funguo la Kioskwatt.} truncated {Faili la funguo limekatika. Rudisha nakala yake.} changed {Faili la funguo limebadilishwa tangu liandikwe. Rudisha nakala yake.} newer {Faili la funguo liliandikwa na Kioskwatt mpya zaidi. Sakinisha programu hiyo tena.} profile {Faili la funguo lilitengenezwa kwa aina nyingine ya kituo.} exists {Faili la funguo lipo tayari; limeachwa kama lilivyo.} duplicate {Ufunguo huu upo tayari kwenye faili.} size {Ufunguo hauna ukubwa ambao mita zake zinahitaji.} parity {Parity ya ufunguo si sahihi, kwa hiyo tarakimu yake moja si sahihi.} attributes {Taarifa moja ya ufunguo imepita mipaka.} other {Faili la funguo haliwezi kutumika ({reason}).}} Funguo zimebaki zimefungwa.',
  'error.module-file.customer': 'Mashine haiwezi kutengeneza tokeni kwa sasa.',
  'error.module-no-key.cashier':
    'Hakuna ufunguo wa mauzo wa kundi {sgc}, toleo {krn}. Mita hii haiwezi kuhudumiwa hapa.',
  'error.module-no-key.customer': 'Mita yako haiwezi kuhudumiwa kwenye dirisha hili.',
  'error.module-key-expired.cashier':
    'Ufunguo wa mauzo wa kundi {sgc} umeisha muda. Makao makuu yanatakiwa kupakia mpya.',
  'error.module-key-expired.customer': 'Mita yako haiwezi kuhudumiwa kwenye dirisha hili leo.',
  'error.module-base-date.cashier':
    'Ufunguo wa mauzo wa kundi {sgc}, toleo {krn}, unahesabu muda kuanzia mwaka tofauti na mita hii ({baseDate}). Makao makuu yanatakiwa kuangalia taarifa za mita.',
  'error.module-base-date.customer': 'Mita yako haiwezi kuhudumiwa kwenye dirisha hili.',
  'error.module-key-type.cashier':
    'Ufunguo wa mauzo wa kundi {sgc} ni wa aina isiyoweza kutengeneza salio ({keyType}). Mita inahitaji kubadilishwa ufunguo kwanza.',
  'error.module-key-type.customer': 'Mita yako haiwezi kuhudumiwa kwenye dirisha hili.',
  'error.module-key-not-active.cashier':
    'Ufunguo wa mauzo wa kundi {sgc}, toleo {krn}, hauwezi kutumika bado. Angalia tarehe ya kompyuta, au subiri siku yake ya kwanza.',
  'error.module-key-not-active.customer': 'Mita yako haiwezi kuhudumiwa kwenye dirisha hili leo.',
  'error.module-request.cashier':
    'Moduli ya usalama haiwezi kutengeneza tokeni kwa taarifa za mita hii ({reason}). Hakuna kilichotengenezwa.',
  'error.module-request.customer': 'Mita yako haiwezi kuhudumiwa kwenye dirisha hili.',
  'error.module-tampered.cashier':
    'Moduli ya usalama inasema kwamba imechezewa. Kuuza kwa moduli hii kumesimamishwa. Mwite msimamizi wako; moduli inarudi kwa mtengenezaji.',
  'error.module-tampered.customer': 'Mashine haiwezi kutengeneza tokeni kwa sasa.',
  'error.module-application.cashier':
    'Moduli ya usalama ina hitilafu yake yenyewe. Kuuza kwa moduli hii kumesimamishwa. Mwite msimamizi wako, ambaye ataizima na kuiwasha.',
  'error.module-application.customer':
    'Pesa zako zimeandikwa. Mashine inatakiwa kukagua jambo kabla ya kutoa tokeni.',
  'error.module-timeout.cashier':
    'Moduli ya usalama haikujibu kwa wakati. Mauzo yamehifadhiwa; angalia waya wake, kisha iulize tena.',
  'error.module-timeout.customer':
    'Pesa zako zimeandikwa. Mashine inatakiwa kukagua jambo kabla ya kutoa tokeni.',
  'error.module-at-work.cashier':
    'Huenda moduli bado inatengeneza tokeni hii. Mauzo yamehifadhiwa; subiri nusu dakika, kisha iulize tena.',
  'error.module-at-work.customer':
    'Pesa zako zimeandikwa. Mashine inatakiwa kukagua jambo kabla ya kutoa tokeni.',
  'error.module-unknown-reply.cashier':
    'Moduli ya usalama imetoa jibu lisiloeleweka. Mauzo yamehifadhiwa; iulize tena, au mwite msimamizi wako.',
  'error.module-unknown-reply.customer':
    'Pesa zako zimeandikwa. Mashine inatakiwa kukagua jambo kabla ya kutoa tokeni.',
  'error.module-not-stopped.cashier': 'Moduli {moduleId} haijasimamishwa: inafanya kazi tayari.',
  'error.module-not-stopped.customer': 'Mashine haiwezi kutengeneza tokeni kwa sasa.',
  'error.token-kept-wrong.cashier':
    'Tokeni ambayo moduli inaihifadhi kwa mauzo haya si sahihi na haionyeshwi. Msimamizi wako atayamaliza mauzo kwenye Maamuzi (F10).',
  'error.token-kept-wrong.customer': 'Pesa zako zimeandikwa. Msimamizi anatakiwa kuangalia mauzo haya.',
  'error.module-stopped.cashier':
    'Kuuza kwa moduli hii kumesimamishwa baada ya tokeni isiyo sahihi. Mwite msimamizi wako.',
  'error.module-stopped.customer': 'Mashine haiwezi kutengeneza tokeni kwa sasa.',
  'error.clock-behind.cashier':
    'Saa ya kompyuta ({clock}) iko nyuma ya andiko la mwisho ({last}). Rekebisha saa, kisha uendelee. Ikiwa saa ni sahihi, basi ilikuwa mbele wakati ule: mwite msimamizi wako.',
  'error.clock-behind.customer': 'Saa ya mashine inatakiwa kurekebishwa kwanza.',
  'error.token-time-full.cashier':
    'Mita hii imepata tokeni nyingi mno kwa dakika za karibuni. Subiri dakika {minutes}.',
  'error.token-time-full.customer':
    'Mita yako imepata tokeni kadhaa sasa hivi. Inayofuata inaweza kutengenezwa baada ya dakika chache.',
  'error.storage-failed.cashier':
    'Diski imeripoti hitilafu ({reason}). Mauzo yamesimamishwa ili kitu kisipotee. Mwite msimamizi wako.',
  'error.storage-failed.customer': 'Mashine ina hitilafu na haiwezi kuuza kwa sasa.',
  'error.printer-unreachable.cashier':
    'Printa iliyo {address} haijibu. Angalia umeme na waya wake, kisha bonyeza F5 kuchapisha. Tokeni iko salama.',
  'error.printer-unreachable.customer': 'Printa haijibu. Tokeni yako iko salama; naweza kukusomea.',
  'error.print-job-unknown.cashier': 'Kazi hiyo ya kuchapisha haipo.',
  'error.print-job-unknown.customer': 'Hakuna cha kuchapisha.',
  'error.folder-full.cashier':
    'Diski yenye {folder} imejaa. Hakuna kilichobadilishwa. Ongeza nafasi ya angalau MB {megabytes}, kisha anzisha tena.',
  'error.folder-full.customer': 'Mashine haiwezi kuanza bado.',
  'error.folder-read-only.cashier':
    'Folda ya data {folder} haiwezi kuandikwa. Ipe akaunti hii haki ya kuandika humo, kisha anzisha tena.',
  'error.folder-read-only.customer': 'Mashine haiwezi kuanza bado.',
  'error.folder-network.cashier':
    'Folda ya data {folder} iko kwenye hifadhi ya mtandao ({filesystem}). Chagua folda kwenye diski ya kompyuta hii.',
  'error.folder-network.customer': 'Mashine haiwezi kuanza bado.',
  'error.folder-locked.cashier':
    'Kioskwatt inatumika tayari kwenye folda hii ya data ({holder}). Tumia dirisha hilo, au ulifunge kwanza.',
  'error.folder-locked.customer': 'Mashine inafanya kazi tayari.',
  'error.folder-not-a-folder.cashier': 'Folda ya data {folder} haiwezi kutumika: {reason}.',
  'error.folder-not-a-folder.customer': 'Mashine haiwezi kuanza bado.',
  'error.database-newer.cashier':
    'Faili {file} liliandikwa na Kioskwatt mpya zaidi (toleo {found}, hii inajua {known}). Sakinisha programu hiyo tena, au rejesha chelezo ya kabla yake.',
  'error.database-newer.customer': 'Mashine haiwezi kuanza bado.',
  'error.database-foreign.cashier':
    'Faili {file} si hifadhidata ya Kioskwatt. Hakuna kilichobadilishwa ndani yake.',
  'error.database-foreign.customer': 'Mashine haiwezi kuanza bado.',
  'error.database-no-room.cashier':
    'Diski haina nafasi ya kutosha kufungua {file} na kulileta kwenye toleo hili. Hakuna kilichobadilishwa. Ongeza nafasi ya takriban MB {megabytes}, kisha anzisha tena.',
  'error.database-no-room.customer': 'Mashine haiwezi kuanza bado.',
  'error.database-busy.cashier':
    'Programu nyingine inashikilia {file}. Hakuna kilichobadilishwa. Funga programu hiyo, kisha anzisha tena.',
  'error.database-busy.customer': 'Mashine haiwezi kuanza bado.',
  'error.database-unreadable.cashier':
    'Diski haikuweza kusoma au kuandika {file} ({reason}). Hakuna kilichouzwa na hakuna kilichobadilishwa. Angalia diski na haki za akaunti hii, kisha anzisha tena. Usirejeshe chochote ikiwa faili halifikiki tu.',
  'error.database-unreadable.customer': 'Mashine haiwezi kuanza bado.',
  'error.database-damaged.cashier':
    'Faili {file} limeharibika ({reason}). Hakuna kilichouzwa na hakuna kilichobadilishwa. Hifadhi faili hilo na urejeshe chelezo ya mwisho iliyothibitishwa.',
  'error.database-damaged.customer': 'Mashine haiwezi kuanza bado.',
  'error.chain-broken.cashier':
    'Daftari limebadilishwa kwenye mstari {row}: {reason}. Mauzo yamesimamishwa. Mwite msimamizi wako.',
  'error.chain-broken.customer': 'Mashine haiwezi kuuza kwa sasa.',
  'error.restore-unfinished.cashier':
    'Urejeshaji wa {folder} ulikatizwa kabla ya hatua ya mwisho. Hakuna kilichopotea: {found} ziko kando yake. Fanya urejeshaji tena, kisha anzisha.',
  'error.restore-unfinished.customer': 'Mashine haiwezi kuanza bado.',
  'error.profile-refused.cashier':
    'Kituo hiki hakiwezi kutumika kwa mauzo halisi: {reason, select, software {funguo zake ziko kwenye faili, na moduli iliyoidhinishwa tu ndiyo inayoweza kushika funguo zinazouza} other {{reason}}}.',
  'error.profile-refused.customer': 'Mashine haiwezi kuanza bado.',
  'error.config-invalid.cashier': 'Mpangilio {path} si sahihi: {reason}.',
  'error.config-invalid.customer': 'Mashine haiwezi kuanza bado.',
  'error.quote-changed.cashier':
    'Bei imebadilika tangu ilipoonyeshwa. Angalia takwimu mpya, kisha bonyeza Enter.',
  'error.quote-changed.customer': 'Bei imebadilika sasa hivi. Angalia kiasi kipya, tafadhali.',
  'error.cash-step.cashier': 'Pesa taslimu huenda kwa hatua za {step}. Zungusha kiasi.',
  'error.cash-step.customer': 'Sarafu ndogo kabisa hapa ni {step}.',
  'error.sale-void.cashier':
    'Mauzo {receiptNumber} hayakufanikiwa na hakuna tokeni iliyotengenezwa. Rudisha pesa, au uza tena.',
  'error.sale-void.customer': 'Ununuzi huo haukufanyika. Pesa zako hizi hapa.',
  'error.sale-unissued.cashier': 'Msimamizi alifunga mauzo {receiptNumber}: tokeni yake haikutolewa kamwe.',
  'error.sale-unissued.customer': 'Msimamizi amekamilisha ununuzi huo.',
  'error.token-time-range.cashier':
    'Saa, au tarehe ya msingi {baseDate} ya mita, si sahihi: hakuna tokeni inayoweza kubeba muda huu.',
  'error.token-time-range.customer': 'Saa ya mashine inatakiwa kurekebishwa kwanza.',
  'error.several-meters.cashier': 'Hii inaonyesha mita {count}. Toa namba ya mita.',
  'error.several-meters.customer': 'Nionyeshe namba iliyo kwenye mita au kadi yako, tafadhali.',
  'error.config-missing.cashier': 'Kituo hakijaandaliwa bado: {file} haipo.',
  'error.config-missing.customer': 'Mashine haiwezi kuanza bado.',
  'error.already-open.cashier':
    'Kioskwatt imefunguliwa tayari kwenye kompyuta hii. Dirisha lake limeletwa mbele.',
  'error.already-open.customer': 'Mashine inafanya kazi tayari.',
  'error.training-only.cashier': 'Hii ni kwa mafunzo tu.',
  'error.training-only.customer': 'Hii ni kwa mafunzo tu.',
  'error.warning-duplicate.cashier':
    'Mita {meter} ilinunua kiasi hicho hicho {minutes, plural, one {dakika # iliyopita} other {dakika # zilizopita}} (risiti {receiptNumber}). Muulize mteja; Enter inauza tena, Esc inarudi nyuma.',
  'error.warning-duplicate.customer':
    'Kiasi hicho hicho kimenunuliwa sasa hivi kwa mita {meter}. Je, unakitaka tena?',
  'error.warning-paid-twice.cashier':
    'Akaunti ya mita {meter} ililipwa kiasi hicho hicho {minutes, plural, one {dakika # iliyopita} other {dakika # zilizopita}} (risiti {receiptNumber}). Muulize mteja; Enter inapokea tena, Esc inarudi nyuma.',
  'error.warning-paid-twice.customer':
    'Kiasi hicho hicho kimelipwa sasa hivi kwa mita {meter}. Je, unataka kulipa tena?',
  'error.warning-unusual-amount.cashier':
    'Hii ni zaidi sana ya kawaida ya mita {meter} (zaidi kabisa {usual}). Msomee mteja namba ya mita; Enter inauza, Esc inarudi nyuma.',
  'error.warning-unusual-amount.customer':
    'Hii ni zaidi sana ya kawaida. Je, namba ya mita {meter} ni sahihi?',
  'error.warning-new-meter.cashier':
    'Mita {meter} haijawahi kununua hapa; simu hii imekuwa ikinunulia mita {usual}. Msomee mteja namba ya mita; Enter inauza, Esc inarudi nyuma.',
  'error.warning-new-meter.customer':
    'Hadi sasa umekuwa ukinunulia mita {usual}. Je, namba ya mita {meter} ni sahihi?',
  'error.limit-per-sale.cashier':
    'Mauzo mamoja hapa yasizidi {limit}. Chukua kiasi kidogo zaidi, au mwombe msimamizi.',
  'error.limit-per-sale.customer': 'Ununuzi mmoja hapa usizidi {limit}.',
  'error.limit-per-meter-day.cashier': 'Mita hii inaweza kununua {limit} kwa siku hapa; leo imebaki {left}.',
  'error.limit-per-meter-day.customer': 'Mita yako inaweza kununua {left} zaidi leo.',
  'error.limit-per-operator-day.cashier':
    'Unaweza kuuza {limit} kwa siku; leo imebaki {left}. Mwombe msimamizi.',
  'error.limit-per-operator-day.customer': 'Dirisha hili haliwezi kuuza kiasi hicho leo.',
  'error.limit-per-operator-shift.cashier':
    'Unaweza kuuza {limit} kwa zamu moja; imebaki {left}. Mwombe msimamizi.',
  'error.limit-per-operator-shift.customer': 'Dirisha hili haliwezi kuuza kiasi hicho kwa sasa.',
  'error.sale-not-in-doubt.cashier': 'Mauzo {receiptNumber} yamekamilika: hakuna cha kufunga.',
  'error.sale-not-in-doubt.customer': 'Ununuzi huo umekamilika.',
  'error.sale-under-way.cashier':
    'Moduli inajibu kuhusu mauzo haya wakati huu. Angalia tena baada ya sekunde chache.',
  'error.sale-under-way.customer': 'Mashine inakamilisha ununuzi wako.',
  'error.database-missing.cashier':
    '{file} haipo, au haina kitu. Katika folda iliyokwisha kutumika, hakuna kinachoanzishwa upya: rudisha faili hilo, au rejesha chelezo ya mwisho iliyothibitishwa. Katika folda mpya, anzisha kituo kwanza.',
  'error.database-missing.customer': 'Mashine haiwezi kuanza bado.',
  'error.profile-differs.cashier':
    'Folda hii ni ya kituo cha {found} na imefunguliwa kama {wanted}. Chagua folda au wasifu sahihi.',
  'error.profile-differs.customer': 'Mashine haiwezi kuanza bado.',
  'error.backup-target.cashier':
    '{reason, select, insideData {Folda ya chelezo {folder} iko ndani ya folda ya data. Chagua folda kwenye diski nyingine.} notAFolder {Folda ya chelezo {folder} haipo. Chomeka diski au tengeneza folda, kisha ujaribu tena.} noRoom {Hakuna nafasi ya chelezo kwenye {folder} (zimepungua baiti {detail}). Tumia diski nyingine; programu haifuti chelezo za zamani kamwe.} other {Folda ya chelezo {folder} haiwezi kuandikwa ({detail}). Angalia diski na haki za akaunti hii.}} Hakuna chelezo iliyofanywa.',
  'error.backup-target.customer': 'Data ya mashine inashughulikiwa; inachukua muda mfupi.',
  'error.backup-source.cashier':
    'Folda {folder} si folda ya data ya kituo: {file} haipo. Hakuna chelezo iliyofanywa.',
  'error.backup-source.customer': 'Data ya mashine inashughulikiwa; inachukua muda mfupi.',
  'error.backup-same-disk.cashier':
    'Chelezo iko kwenye diski moja na vitabu na itapotea pamoja navyo. Agiza folda ya chelezo iwekwe kwenye diski nyingine, kisha fanya chelezo tena.',
  'error.backup-same-disk.customer': 'Data ya mashine inashughulikiwa; inachukua muda mfupi.',
  'error.backup-incomplete.cashier':
    'Chelezo {backup} ilikatizwa ilipokuwa inafanywa na haihesabiki. Tumia ya zamani zaidi.',
  'error.backup-incomplete.customer': 'Data ya mashine inashughulikiwa; inachukua muda mfupi.',
  'error.backup-changed.cashier':
    'Chelezo {backup} si kama ilivyoandikwa: {file} {reason, select, missing {haipo} size {ina ukubwa mwingine} unexpected {haistahili kuwa humo} other {imebadilishwa}}. Tumia ya zamani zaidi.',
  'error.backup-changed.customer': 'Data ya mashine inashughulikiwa; inachukua muda mfupi.',
  'error.restore-target.cashier':
    'Hakuna kilichorejeshwa kwenye {folder}: {reason, select, insideBackup {iko ndani ya chelezo, au chelezo iko ndani yake} noParent {folda iliyo juu yake haipo} notAFolder {si folda} other {{reason}}}.',
  'error.restore-target.customer': 'Data ya mashine inashughulikiwa; inachukua muda mfupi.',
  'error.restore-clock.cashier':
    'Saa ya kompyuta inaonyesha {clock}, la karibuni zaidi linalojulikana hapa ni la {last}. Ikiwa saa si sahihi, irekebishe. Ikiwa ni sahihi, toa amri tena na --clock-is-right. Hakuna kilichobadilishwa.',
  'error.restore-clock.customer': 'Data ya mashine inashughulikiwa; inachukua muda mfupi.',
  'error.export-target.cashier':
    'Hakuna kilichosafirishwa kwenda {folder}: {reason, select, notEmpty {folda si tupu} other {{reason}}}.',
  'error.export-target.customer': 'Data ya mashine inashughulikiwa; inachukua muda mfupi.',
  'error.disk-full.cashier':
    'Diski inakaribia kujaa (zimebaki MB {megabytes}). Mauzo yanasimama hapa ili kilichouzwa kibaki salama. Ongeza nafasi au mwite msimamizi wako.',
  'error.disk-full.customer': 'Mashine haiwezi kuuza kwa sasa.',
  'error.request-differs.cashier':
    'Ombi hili lilikuwa la mauzo mengine (risiti {receiptNumber}). Hakuna kilichouzwa. Anza mauzo upya.',
  'error.request-differs.customer': 'Natakiwa kuanza ununuzi wako upya.',
  'error.recall-not-restored.cashier':
    'Folda hii haikurejeshwa kutoka kwenye chelezo, kwa hiyo hakuna cha kurudisha.',
  'error.recall-not-restored.customer': 'Data ya mashine inashughulikiwa; inachukua muda mfupi.',
  'error.slip-file.cashier':
    'Faili {path} si faili ya risiti: {reason, select, missing {haipo} other {{reason}}}. Hakuna kilichorudishwa.',
  'error.slip-file.customer': 'Data ya mashine inashughulikiwa; inachukua muda mfupi.',
  'error.slip-refused.cashier':
    'Risiti {receipt}: {reason, select, receipt {hii si namba ambayo kituo kilitoa kabla ya urejeshaji} taken {vitabu vina uuzaji mwingine kwa namba au tokeni hii} open {uuzaji uko wazi vitabuni; umalize huko} ended {vitabuni uuzaji uliisha bila tokeni; pesa zake zilirudishwa au zilienda kwenye uuzaji mwingine} time {hakuna saa kama hiyo} after {saa yake ni baada ya urejeshaji} before {saa yake ni kabla ya chelezo, ambacho kingekuwa nao} meter {mita haipo kwenye orodha} reference {namba yake ya malipo imelipia uuzaji mwingine} token {tokeni haifai kwa mita hii na ufunguo wake} kind {ununuzi wenye tokeni moja ya salio tu ndio hurudi kutoka kwenye karatasi} minute {tokeni ilitengenezwa kwa saa nyingine} units {tokeni ina uniti nyingine} other {{reason}}}. Hakuna kilichorudishwa.',
  'error.slip-refused.customer': 'Data ya mashine inashughulikiwa; inachukua muda mfupi.',
  'error.recall-unreadable.cashier': 'Data iliyosafirishwa haiwezi kusomwa. Hakuna kilichorudishwa.',
  'error.recall-unreadable.customer': 'Data ya mashine inashughulikiwa; inachukua muda mfupi.',
  'error.recall-not-following.cashier':
    'Data iliyosafirishwa haifuati vitabu vya folda hii, au imebadilishwa. Hakuna kilichorudishwa.',
  'error.recall-not-following.customer': 'Data ya mashine inashughulikiwa; inachukua muda mfupi.',
};
