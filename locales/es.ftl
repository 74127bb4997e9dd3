### Channel Connect in Latin American Spanish (“usted”, as in Bitrix24’s “la”).

## The app

app-name = Channel Connect
footer-label = Acerca de esta aplicación
footer-privacy = Política de privacidad
footer-license = Acuerdo de licencia
footer-support = Soporte
theme-dark = Modo oscuro

## Connecting a channel

connect-title = Conectar un canal abierto
connect-lead = Traiga a su Bitrix24 el chat de un proveedor, un socio o un equipo de soporte. Sus colegas podrán escribir al canal como a cualquier otra persona en el Messenger.
connect-portal = Su Bitrix24: { $portal }
connect-form-title = Agregar un canal
code-label = Código o enlace del canal
code-hint = Un código tiene 32 caracteres: números y las letras de la “a” a la “f”. Un enlace que contenga el código también sirve.
connect-button = Conectar canal
connect-scope = El canal se conectará para todo su Bitrix24, no solo para usted.
connect-form-other-title = Agregar otro canal
connect-admins-only = En esta aplicación, solo los administradores de su Bitrix24 pueden conectar canales.
offered-title = Canales para usted
offered-wanted = El enlace que siguió es para este canal.
offered-connected = Conectado
offered-connect-again = Conectar de nuevo
custom-codes-off-title = Aquí no hay nada que ingresar
custom-codes-off = Quien publica esta aplicación desactivó el ingreso de códigos de canal elegidos por usted.

## While a code is being typed

code-recognized = Código de canal reconocido:
code-typed = Caracteres ingresados: { $typed } de 32

## While Bitrix24 is working

busy = Conectando el canal…
busy-still = Bitrix24 sigue trabajando en ello. Es normal y puede tardar hasta un minuto.
busy-long = Seguimos esperando a Bitrix24. Deje esta página abierta: aquí verá el resultado.

## Where the code comes from

help-title = ¿Dónde encuentro el código?
help-ask = Pídalo a la empresa cuyo canal desea conectar. Le enviará un código o un enlace.
help-link = Un enlace suele verse así. Péguelo tal cual; el código es la parte que sigue a “networkLines”.
help-paste = Péguelo aquí y haga clic en “{ connect-button }”.
help-picture = Dibujo: el canal Bitrix24 Network en el Contact center, con el código y el enlace del canal resaltados.
help-picture-code = Código
# Bitrix24’s own interface calls this field “Enlazar”, a slip for “Enlace”
help-picture-link = Enlace
help-own-title = ¿Desea compartir un canal propio?
help-own = Encontrará el código y el enlace en el Contact center de su Bitrix24, dentro del canal Bitrix24 Network.

## After connecting

connected-title = El canal está conectado
connected-text = Está conectado para todo su Bitrix24: todos sus colegas pueden encontrarlo en el Messenger y escribirle.
connected-next = No se envió ningún mensaje a nadie. El mensaje de saludo del canal aparece cuando alguien abre el chat por primera vez.
connected-next-welcome = Es posible que el canal le envíe un mensaje de bienvenida. Nadie más recibió ningún mensaje.
open-chat = Abrir chat
open-chat-label = Abrir chat con el canal { $code }
not-connected-title = El canal no se conectó
connect-unsure-title = No es seguro que el canal se haya conectado
retry-button = Intentar de nuevo
reopen-button = Abrir de nuevo la aplicación
page-offline = Esta página no pudo comunicarse con la aplicación.
    .next = Revise su conexión a Internet e inténtelo de nuevo. Puede hacerlo sin riesgo: un canal no se puede conectar dos veces.

## The list of connected channels

connections-title = Canales conectados
connected-on = Conectado el { $date }
connected-by = Conectado por:
connected-by-you = Usted
connected-by-user = Usuario { $id }
connections-range = { $first }–{ $last } de { $total }
connections-newer = Más recientes
connections-older = Más antiguos
connections-pages = Páginas de la lista
connections-empty-title = Todavía no hay canales
connections-empty = Los canales que conecte aparecerán aquí, cada uno con un enlace a su chat.
disconnect-title = ¿Cómo desconecto un canal?
disconnect-text = Un administrador de su Bitrix24 abre el chat del canal y envía el mensaje /unregister. Desinstalar esta aplicación no desconecta ningún canal.

## Installing

install-title = Instalación de { app-name }
install-lead = { app-name } conecta a su Bitrix24 los chats de sus proveedores, socios y equipos de soporte. Solo se necesita el código o el enlace del canal.
install-verified = Bitrix24 confirma la aplicación
install-prepared = La aplicación se prepara para su Bitrix24
install-finishing = Bitrix24 finaliza la instalación
install-done = Listo. Bitrix24 está abriendo la aplicación.
install-wait = La aplicación se abrirá sola en un momento. No tiene que hacer nada.
install-stuck-title = Bitrix24 todavía no responde
install-stuck = La instalación está preparada, pero esta página no pudo avisarle a Bitrix24 que todo está listo.
    .next = Cierre esta página y abra { app-name } de nuevo en su Bitrix24. La instalación continuará donde se detuvo.
install-failed-title = No se pudo finalizar la instalación
install-again = También puede abrir { app-name } otra vez en su Bitrix24: la instalación comenzará desde cero.
unbound = Esta aplicación necesita saber cuándo se actualiza o se desinstala, pero no pudimos pedirle a su Bitrix24 que le avise.
    .next = Inténtelo de nuevo en unos minutos. Si vuelve a ocurrir, escriba a nuestro soporte.
step-done = Listo
step-running = En curso
step-waiting = Sin iniciar
step-failed = No funcionó

## Outside Bitrix24

landing-title = Abra esta aplicación en Bitrix24
landing-title-or = O abra esta aplicación en Bitrix24
landing-text = { $app } funciona dentro de su Bitrix24, por lo que no hay nada que ver en esta dirección.
landing-step-sign-in = Inicie sesión en su Bitrix24.
landing-step-open = Abra { $app } desde el menú izquierdo o búsquela en el Market, entre sus aplicaciones instaladas.
landing-step-install = ¿Todavía no está instalada? Un administrador puede instalarla desde el Market.

## Signing in outside Bitrix24

sign-in-title = Conectar canales a su Bitrix24
sign-in-lead = Ingrese la dirección de su Bitrix24. Allí se le pedirá que inicie sesión; su contraseña se queda en Bitrix24.
portal-label = Dirección de su Bitrix24
portal-hint = Es similar a acme.bitrix24.com. La dirección de cualquier página de su Bitrix24 también sirve.
sign-in-button = Continuar
sign-in-from-link = Llegó aquí mediante un enlace. Continúe solo si esta es la dirección de su propio Bitrix24.
portal-empty = Todavía falta la dirección.
    .next = Ingrese la dirección de su Bitrix24 y luego haga clic en “{ sign-in-button }”.
portal-unreadable = Esto no parece la dirección de un Bitrix24.
    .next = Abra su Bitrix24, copie lo que aparece en la barra de direcciones del navegador y péguelo aquí.
portal-incomplete = Esto es solo una parte de una dirección.
    .next = Ingrese la dirección completa, por ejemplo, acme.bitrix24.com.
portal-private = No se puede acceder a esta dirección desde Internet, por lo que esta aplicación no puede trabajar con ella.
    .next = Ingrese la dirección en la que se puede acceder a su Bitrix24 desde fuera, o pídasela a su administrador.
sign-in-elsewhere = ¿No es el suyo?
sign-in-failed-title = No ha iniciado sesión
sign-in-again = Iniciar sesión de nuevo
sign-in-again-next = Inicie sesión una vez más con su Bitrix24. Los canales que conectó siguen conectados.
sign-in-state = Este inicio de sesión ya se utilizó o no se inició en este navegador. No hicimos nada.
    .next = Inicie sesión de nuevo desde aquí; recargar esta página no sirve. Si esto ocurre cada vez, permita que su navegador acepte cookies de esta dirección.
sign-in-too-late = Pasaron más de diez minutos desde que comenzó a iniciar sesión.
    .next = Inicie sesión de nuevo. Por su seguridad, cada intento es válido durante diez minutos.
sign-in-another-portal = Este inicio de sesión corresponde a un Bitrix24 distinto de aquel cuya dirección ingresó. No hicimos nada.
    .next = Si su Bitrix24 tiene una dirección nueva, ingrésela. Si no sabe por qué ve esta página, simplemente ciérrela.
sign-in-code = Bitrix24 ya no acepta este inicio de sesión: ya se utilizó o tardó demasiado.
    .next = Inicie sesión de nuevo.
sign-in-incomplete = Esta página se abrió sin los datos que Bitrix24 envía después de iniciar sesión.
    .next = Comience por ingresar la dirección de su Bitrix24.

## Titles of pages that only say what went wrong

notice-title-open = No se pudo abrir la aplicación
notice-title-install = No se pudo instalar la aplicación
notice-title-connect = { not-connected-title }

## What was pasted is no code (our own check)

code-empty = Todavía falta un código de canal.
    .next = Pegue el código o el enlace que recibió y luego haga clic en “{ connect-button }”.
code-not-hex = Esto no parece un código de canal: un código solo tiene números y las letras de la “a” a la “f”.
    .next = Copie el código o el enlace una vez más, exactamente como se lo enviaron, y péguelo aquí.
code-wrong-length = Este código es demasiado corto o demasiado largo: un código de canal tiene exactamente 32 caracteres.
    .next = Es posible que se haya perdido una parte al copiarlo. Copie el código completo, o el enlace completo, y péguelo de nuevo.
code-several = El texto que pegó contiene más de un código de canal.
    .next = Conecte los canales uno por uno: pegue un solo código o enlace cada vez.

## Bitrix24 says no to the channel

invalid-code = Bitrix24 no aceptó este código de canal.
    .next = Pida a la empresa que administra el canal su código o enlace actual y péguelo.
not-found = Bitrix24 no conoce ningún canal con este código.
    .next = Compruebe que el código esté completo. Si lo está, es posible que el canal se haya eliminado: pida un código nuevo a la empresa que lo administra.
inactive = Este canal existe, pero la empresa que lo administra lo desactivó.
    .next = Pídale que active el canal y luego inténtelo de nuevo.
refused-bot = Su Bitrix24 no pudo crear el chat para este canal.
    .next = Inténtelo de nuevo en unos minutos. Si vuelve a ocurrir, el soporte de Bitrix24 puede averiguar el motivo.
refused-network = Su Bitrix24 no pudo comunicarse con Bitrix24 Network, donde se encuentra el canal.
    .next = Inténtelo de nuevo en unos minutos. Es muy posible que el código en sí sea correcto.
refused-answer = Bitrix24 Network envió una respuesta que su Bitrix24 no pudo leer.
    .next = Inténtelo de nuevo en unos minutos. Si vuelve a ocurrir, avise al soporte de Bitrix24.
refused-module = Los canales abiertos no están disponibles en su Bitrix24.
    .next = Pida a un administrador que active los Canales abiertos en su Bitrix24 y luego inténtelo de nuevo.
refused-unknown = Bitrix24 no conectó el canal y no dio ningún motivo que podamos mostrarle.
    .next = Revise el código e inténtelo de nuevo. Si sigue sin funcionar, escriba a nuestro soporte.
offered-gone = Bitrix24 ya no conoce este canal.
    .next = Quien publica esta aplicación ofrece el canal y puede solucionarlo: escriba a nuestro soporte.
offered-refused =
    .next = Inténtelo de nuevo en unos minutos. Si sigue sin funcionar, escriba a nuestro soporte.
offered-not-admin =
    .next = Pida a un administrador que abra esta aplicación y conecte el canal.
refused-not-offered = En esta aplicación están desactivados los códigos distintos de los que se ofrecen aquí.
    .next = Pregunte a la empresa que le dio esta aplicación qué canales son para usted.

## Who may

session-expired = Esta página estuvo abierta mucho tiempo y, por su seguridad, ya no es válida.
    .next = Cierre la aplicación y ábrala de nuevo en su Bitrix24. Los canales que conectó siguen conectados.
reopen-app = Bitrix24 puso fin al acceso que le había dado a esta aplicación en su nombre.
    .next = Cierre la aplicación y ábrala de nuevo en su Bitrix24: así se renueva el acceso.
forged = No pudimos confirmar que su Bitrix24 haya abierto esta página, así que no hicimos nada.
    .next = Abra la aplicación desde el menú de su Bitrix24, no desde un enlace de otro lugar.
not-admin = Solo los administradores de su Bitrix24 pueden conectar canales.
    .next = Envíe el código a un administrador y pídale que conecte el canal aquí.
missing-scope = Esta aplicación no recibió permiso para usar los canales abiertos. Es un error nuestro, no suyo.
    .next = Escriba a nuestro soporte y mencione el permiso “imopenlines”. Intentarlo de nuevo no servirá hasta que se conceda.
missing-credentials = Su cuenta en Bitrix24 no tiene los permisos necesarios para conectar un canal.
    .next = Pida a un administrador los permisos para usar los canales abiertos, o pídale que conecte el canal.
access-restricted = Su Bitrix24 no le permite usar esta aplicación.
    .next = Pida a un administrador que le dé acceso en la configuración de la aplicación.
wrong-auth-type = Su Bitrix24 no acepta este tipo de acceso para conectar canales.
    .next = Cierre la aplicación y ábrala de nuevo en su Bitrix24. Si vuelve a ocurrir, escriba a nuestro soporte.
plan-required = El plan de su Bitrix24 no permite que las aplicaciones se conecten a él.
    .next = Un administrador puede elegir un plan que incluya aplicaciones, o iniciar un período de prueba, en la configuración de Bitrix24.
payment-required = Terminó el período pagado o de prueba de esta aplicación.
    .next = Un administrador puede renovar la suscripción en Bitrix24 Market.
not-installed = Según Bitrix24, esta aplicación no está instalada.
    .next = Pida a un administrador que la instale desde el Market y luego ábrala de nuevo.

## Not now

rate-limited = Su Bitrix24 está recibiendo muchas solicitudes y pidió a las aplicaciones que envíen menos.
    .next =
        { $seconds ->
            [one] Inténtelo de nuevo en { $seconds } segundo.
            [many] Inténtelo de nuevo en { $seconds } de segundos.
           *[other] Inténtelo de nuevo en { $seconds } segundos.
        }
too-many-refusals = Últimamente hubo demasiados intentos de abrir esta aplicación que no se pudieron confirmar. Provenían de su red o se hicieron en nombre de su Bitrix24.
    .next =
        { $seconds ->
            [one] Inténtelo de nuevo en { $seconds } segundo. Los canales que conectó siguen conectados.
            [many] Inténtelo de nuevo en { $seconds } de segundos. Los canales que conectó siguen conectados.
           *[other] Inténtelo de nuevo en { $seconds } segundos. Los canales que conectó siguen conectados.
        }
overloaded = En este momento hay más personas usando esta aplicación de las que puede atender a la vez.
    .next = Inténtelo de nuevo en unos segundos. No se perdió nada.
operation-limited = Su Bitrix24 limita el tiempo de procesamiento que pueden usar las aplicaciones, y ese tiempo se agotó por ahora.
    .next =
        { $minutes ->
            [one] Inténtelo de nuevo en { $minutes } minuto.
            [many] Inténtelo de nuevo en { $minutes } de minutos.
           *[other] Inténtelo de nuevo en { $minutes } minutos.
        }
portal-overloaded = Bitrix24 detuvo todas las solicitudes de aplicaciones a su Bitrix24 por exceso de carga.
    .next = Intentarlo de nuevo no sirve. Un administrador puede preguntar al soporte de Bitrix24 cuándo se volverán a permitir las solicitudes.
portal-closed = Su Bitrix24 está cerrado temporalmente.
    .next = Regrese cuando esté abierto de nuevo. No se perdió nada.
portal-licence = Por ahora, las aplicaciones no pueden usar su Bitrix24: responde con una página sobre su licencia.
    .next = Pida a un administrador que abra su Bitrix24 y revise la suscripción.
portal-failed = Su Bitrix24 tuvo un error interno.
    .next = Inténtelo de nuevo en unos minutos. Si vuelve a ocurrir, avise al soporte de Bitrix24.
portal-unreachable = No pudimos comunicarnos con su Bitrix24.
    .next = Inténtelo de nuevo en unos minutos. Si su Bitrix24 está en un servidor propio, un administrador puede comprobar que sea accesible desde Internet.
bitrix24-unavailable = El servicio de Bitrix24 que confirma su identidad no responde en este momento.
    .next = Inténtelo de nuevo en unos minutos. No tiene que volver a instalar nada.
storage-unavailable = Nuestra base de datos no responde en este momento. Es culpa nuestra.
    .next = Inténtelo de nuevo en unos minutos. No se debe a nada que usted haya hecho.
timeout = Su Bitrix24 no respondió a tiempo.
    .next = Es posible que el canal se haya conectado de todos modos. Puede intentarlo de nuevo sin riesgo: no se puede conectar dos veces.
internal = Algo salió mal de nuestro lado.
    .next = Inténtelo de nuevo. Si vuelve a ocurrir, escriba a nuestro soporte.
bad-request = No pudimos entender lo que esta página nos envió.
    .next = Cierre la aplicación, ábrala de nuevo en su Bitrix24 e inténtelo otra vez.
too-large = El texto que envió es muchísimo más largo que un código de canal.
    .next = Pegue solo el código o el enlace, sin el mensaje que lo acompaña.
