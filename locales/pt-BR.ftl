### Channel Connect in Brazilian Portuguese (“você”).

## The app

app-name = Channel Connect
footer-label = Sobre este aplicativo
footer-privacy = Política de privacidade
footer-license = Acordo de licença
footer-support = Suporte
theme-dark = Modo escuro

## Connecting a channel

connect-title = Conectar um canal aberto
connect-lead = Traga para o seu Bitrix24 o bate-papo de um fornecedor, de um parceiro ou de uma equipe de suporte. Seus colegas escrevem para o canal como para qualquer outra pessoa no Messenger.
connect-portal = Seu Bitrix24: { $portal }
connect-form-title = Adicionar um canal
code-label = Código ou link do canal
code-hint = Um código tem 32 caracteres: números e as letras de “a” a “f”. Um link que contenha o código também serve.
connect-button = Conectar canal
connect-scope = O canal será conectado para todo o seu Bitrix24, não só para você.
connect-form-other-title = Adicionar outro canal
connect-admins-only = Neste aplicativo, só os administradores do seu Bitrix24 podem conectar canais.
offered-title = Canais para você
offered-wanted = O link que você seguiu é deste canal.
offered-connected = Conectado
offered-connect-again = Conectar de novo
custom-codes-off-title = Não há nada para inserir aqui
custom-codes-off = Quem publica este aplicativo desativou o uso de códigos de canal escolhidos por você.

## While a code is being typed

code-recognized = Código de canal reconhecido:
code-typed = Caracteres digitados: { $typed } de 32

## While Bitrix24 is working

busy = Conectando o canal…
busy-still = O Bitrix24 ainda está trabalhando nisso. É normal e pode levar até um minuto.
busy-long = Ainda aguardando o Bitrix24. Deixe esta página aberta: o resultado vai aparecer aqui.

## Where the code comes from

help-title = Onde encontro o código?
help-ask = Peça o código à empresa cujo canal você quer conectar. Ela vai enviar um código ou um link a você.
help-link = Um link costuma ser assim. Cole-o como está; o código é a parte depois de “networkLines”.
help-paste = Cole aqui e clique em “{ connect-button }”.
help-picture = Desenho: o canal Rede Bitrix24 no Contact Center, com o código e o link do canal destacados.
help-picture-code = Código
help-picture-link = Link
help-own-title = Quer compartilhar um canal seu?
help-own = Você encontra o código e o link no Contact Center do seu Bitrix24, no canal Rede Bitrix24.

## After connecting

connected-title = O canal está conectado
connected-text = Ele está conectado para todo o seu Bitrix24: todos os seus colegas podem encontrá-lo no Messenger e escrever para ele.
connected-next = Nenhuma mensagem foi enviada a ninguém. A saudação do canal aparece quando alguém abre o bate-papo pela primeira vez.
connected-next-welcome = Talvez o canal envie uma mensagem de boas-vindas a você. Ninguém mais recebeu nenhuma mensagem.
open-chat = Abrir bate-papo
open-chat-label = Abrir bate-papo com o canal { $code }
not-connected-title = O canal não foi conectado
connect-unsure-title = Não é certo que o canal tenha sido conectado
retry-button = Tentar de novo
reopen-button = Abrir o aplicativo de novo
page-offline = Esta página não conseguiu acessar o aplicativo.
    .next = Verifique sua conexão com a internet e tente de novo. Você pode tentar sem risco: um canal não pode ser conectado duas vezes.

## The list of connected channels

connections-title = Canais conectados
connected-on = Conectado em { $date }
connected-by = Conectado por:
connected-by-you = Você
connected-by-user = Usuário { $id }
connections-range = { $first }–{ $last } de { $total }
connections-newer = Mais recentes
connections-older = Mais antigos
connections-pages = Páginas da lista
connections-empty-title = Nenhum canal ainda
connections-empty = Os canais que você conectar vão aparecer aqui, cada um com um link para o bate-papo.
disconnect-title = Como desconecto um canal?
disconnect-text = Um administrador do seu Bitrix24 abre o bate-papo do canal e envia a mensagem /unregister. Desinstalar este aplicativo não desconecta nenhum canal.

## Installing

install-title = Instalação do { app-name }
install-lead = O { app-name } conecta ao seu Bitrix24 os bate-papos dos seus fornecedores, parceiros e equipes de suporte. Basta o código ou o link do canal.
install-verified = O Bitrix24 confirma o aplicativo
install-prepared = O aplicativo se prepara para o seu Bitrix24
install-finishing = O Bitrix24 conclui a instalação
install-done = Pronto. O Bitrix24 está abrindo o aplicativo.
install-wait = O aplicativo vai abrir sozinho em instantes. Você não precisa fazer nada.
install-stuck-title = O Bitrix24 ainda não respondeu
install-stuck = A instalação está preparada, mas esta página não conseguiu avisar ao Bitrix24 que está tudo pronto.
    .next = Feche esta página e abra o { app-name } de novo no seu Bitrix24. A instalação vai continuar de onde parou.
install-failed-title = Não foi possível concluir a instalação
install-again = Abrir o { app-name } mais uma vez no seu Bitrix24 também reinicia a instalação do zero.
unbound = Este aplicativo precisa saber quando é atualizado ou desinstalado, mas não conseguimos pedir ao seu Bitrix24 que o avise.
    .next = Tente de novo em alguns minutos. Se acontecer outra vez, escreva para o nosso suporte.
step-done = Pronto
step-running = Em andamento
step-waiting = Não iniciado
step-failed = Não funcionou

## Outside Bitrix24

landing-title = Abra este aplicativo no Bitrix24
landing-title-or = Ou abra este aplicativo no Bitrix24
landing-text = O { $app } funciona dentro do seu Bitrix24, por isso não há nada para ver neste endereço.
landing-step-sign-in = Entre no seu Bitrix24.
landing-step-open = Abra o { $app } pelo menu esquerdo ou encontre o aplicativo no Market, entre os seus aplicativos instalados.
landing-step-install = Ainda não está instalado? Um administrador pode instalá-lo pelo Market.

## Signing in outside Bitrix24

sign-in-title = Conectar canais ao seu Bitrix24
sign-in-lead = Insira o endereço do seu Bitrix24. É lá que você vai fazer login; sua senha fica com o Bitrix24.
portal-label = Endereço do seu Bitrix24
portal-hint = É parecido com acme.bitrix24.com. O endereço de qualquer página do seu Bitrix24 também serve.
sign-in-button = Continuar
sign-in-from-link = Um link trouxe você até aqui. Continue só se este for o endereço do seu próprio Bitrix24.
portal-empty = Ainda falta o endereço.
    .next = Insira o endereço do seu Bitrix24 e clique em “{ sign-in-button }”.
portal-unreadable = Isto não parece o endereço de um Bitrix24.
    .next = Abra o seu Bitrix24, copie o que está na barra de endereços do navegador e cole aqui.
portal-incomplete = Isto é só uma parte de um endereço.
    .next = Insira o endereço completo, por exemplo, acme.bitrix24.com.
portal-private = Não é possível acessar este endereço pela internet, por isso este aplicativo não consegue trabalhar com ele.
    .next = Insira o endereço pelo qual o seu Bitrix24 pode ser acessado de fora ou peça-o ao seu administrador.
sign-in-elsewhere = Não é o seu?
sign-in-failed-title = Você não fez login
sign-in-again = Entrar de novo
sign-in-again-next = Entre mais uma vez com o seu Bitrix24. Os canais que você conectou continuam conectados.
sign-in-state = Este login já foi usado ou não foi iniciado neste navegador. Não fizemos nada.
    .next = Entre de novo a partir daqui; recarregar esta página não adianta. Se isso acontecer sempre, permita que o navegador aceite cookies deste endereço.
sign-in-too-late = Já se passaram mais de dez minutos desde que você começou o login.
    .next = Entre de novo. Para sua segurança, cada tentativa vale por dez minutos.
sign-in-another-portal = Este login é de um Bitrix24 diferente daquele cujo endereço você inseriu. Não fizemos nada.
    .next = Se o seu Bitrix24 tem um endereço novo, insira esse endereço. Se você não sabe por que está vendo esta página, é só fechá-la.
sign-in-code = O Bitrix24 não aceita mais este login: ele já foi usado ou demorou demais.
    .next = Entre de novo.
sign-in-incomplete = Esta página foi aberta sem os dados que o Bitrix24 envia depois do login.
    .next = Comece inserindo o endereço do seu Bitrix24.

## Titles of pages that only say what went wrong

notice-title-open = Não foi possível abrir o aplicativo
notice-title-install = Não foi possível instalar o aplicativo
notice-title-connect = { not-connected-title }

## What was pasted is no code (our own check)

code-empty = Ainda falta um código de canal.
    .next = Cole o código ou o link que você recebeu e clique em “{ connect-button }”.
code-not-hex = Isto não parece um código de canal: um código só tem números e as letras de “a” a “f”.
    .next = Copie o código ou o link mais uma vez, exatamente como foi enviado a você, e cole aqui.
code-wrong-length = Este código é curto ou longo demais: um código de canal tem exatamente 32 caracteres.
    .next = Talvez uma parte tenha se perdido na cópia. Copie o código inteiro, ou o link inteiro, e cole de novo.
code-several = Há mais de um código de canal no texto que você colou.
    .next = Conecte os canais um de cada vez: cole só um código ou link por vez.

## Bitrix24 says no to the channel

invalid-code = O Bitrix24 não aceitou este código de canal.
    .next = Peça à empresa que administra o canal o código ou o link atual e cole-o.
not-found = O Bitrix24 não conhece nenhum canal com este código.
    .next = Verifique se o código está completo. Se estiver, o canal pode ter sido removido: peça um novo código à empresa que o administra.
inactive = Este canal existe, mas a empresa que o administra o desativou.
    .next = Peça a ela que ative o canal e tente de novo.
refused-bot = O seu Bitrix24 não conseguiu criar o bate-papo deste canal.
    .next = Tente de novo em alguns minutos. Se acontecer outra vez, o suporte do Bitrix24 pode descobrir o motivo.
refused-network = O seu Bitrix24 não conseguiu acessar a Rede Bitrix24, onde fica o canal.
    .next = Tente de novo em alguns minutos. É bem possível que o código em si esteja certo.
refused-answer = A Rede Bitrix24 enviou uma resposta que o seu Bitrix24 não conseguiu ler.
    .next = Tente de novo em alguns minutos. Se acontecer outra vez, avise o suporte do Bitrix24.
refused-module = Os canais abertos não estão disponíveis no seu Bitrix24.
    .next = Peça a um administrador que ative os Canais Abertos no seu Bitrix24 e tente de novo.
refused-unknown = O Bitrix24 não conectou o canal e não informou nenhum motivo que possamos mostrar.
    .next = Verifique o código e tente de novo. Se mesmo assim não funcionar, escreva para o nosso suporte.
offered-gone = O Bitrix24 não conhece mais este canal.
    .next = Ele é oferecido por quem publica este aplicativo, que pode resolver isso: escreva para o nosso suporte.
offered-refused =
    .next = Tente de novo em alguns minutos. Se mesmo assim não funcionar, escreva para o nosso suporte.
offered-not-admin =
    .next = Peça a um administrador que abra este aplicativo e conecte o canal.
refused-not-offered = Neste aplicativo, códigos diferentes dos oferecidos aqui estão desativados.
    .next = Pergunte à empresa que forneceu este aplicativo quais canais são para você.

## Who may

session-expired = Esta página ficou aberta por muito tempo e, para sua segurança, não é mais válida.
    .next = Feche o aplicativo e abra-o de novo no seu Bitrix24. Os canais que você conectou continuam conectados.
reopen-app = O Bitrix24 encerrou o acesso que tinha dado a este aplicativo em seu nome.
    .next = Feche o aplicativo e abra-o de novo no seu Bitrix24: isso renova o acesso.
forged = Não conseguimos confirmar que esta página foi aberta pelo seu Bitrix24, por isso não fizemos nada.
    .next = Abra o aplicativo pelo menu do seu Bitrix24, não por um link de outro lugar.
not-admin = Só administradores do seu Bitrix24 podem conectar canais.
    .next = Envie o código a um administrador e peça que ele conecte o canal aqui.
missing-scope = Este aplicativo não recebeu permissão para usar canais abertos. O erro é nosso, não seu.
    .next = Escreva para o nosso suporte e mencione a permissão “imopenlines”. Tentar de novo não vai adiantar até que ela seja concedida.
missing-credentials = Sua conta no Bitrix24 não tem as permissões necessárias para conectar um canal.
    .next = Peça a um administrador as permissões para usar canais abertos ou peça que ele conecte o canal.
access-restricted = O seu Bitrix24 não permite que você use este aplicativo.
    .next = Peça a um administrador que dê acesso a você nas configurações do aplicativo.
wrong-auth-type = O seu Bitrix24 não aceita este tipo de acesso para conectar canais.
    .next = Feche o aplicativo e abra-o de novo no seu Bitrix24. Se acontecer outra vez, escreva para o nosso suporte.
plan-required = O plano do seu Bitrix24 não permite que aplicativos se conectem a ele.
    .next = Um administrador pode escolher um plano que inclua aplicativos, ou iniciar um período de teste, nas configurações do Bitrix24.
payment-required = O período pago ou de teste deste aplicativo terminou.
    .next = Um administrador pode renovar a assinatura no Bitrix24 Market.
not-installed = Segundo o Bitrix24, este aplicativo não está instalado.
    .next = Peça a um administrador que o instale pelo Market e depois abra-o de novo.

## Not now

rate-limited = O seu Bitrix24 está recebendo muitas solicitações e pediu aos aplicativos que enviem menos.
    .next =
        { $seconds ->
            [one] Tente de novo em { $seconds } segundo.
            [many] Tente de novo em { $seconds } de segundos.
           *[other] Tente de novo em { $seconds } segundos.
        }
too-many-refusals = Nos últimos tempos, tentativas demais de abrir este aplicativo não puderam ser confirmadas. Elas vieram da sua rede ou foram feitas em nome do seu Bitrix24.
    .next =
        { $seconds ->
            [one] Tente de novo em { $seconds } segundo. Os canais que você conectou continuam conectados.
            [many] Tente de novo em { $seconds } de segundos. Os canais que você conectou continuam conectados.
           *[other] Tente de novo em { $seconds } segundos. Os canais que você conectou continuam conectados.
        }
overloaded = Há mais pessoas usando este aplicativo agora do que ele consegue atender ao mesmo tempo.
    .next = Tente de novo em alguns segundos. Nada foi perdido.
operation-limited = O seu Bitrix24 limita o tempo de processamento que os aplicativos podem usar, e esse tempo se esgotou por enquanto.
    .next =
        { $minutes ->
            [one] Tente de novo em { $minutes } minuto.
            [many] Tente de novo em { $minutes } de minutos.
           *[other] Tente de novo em { $minutes } minutos.
        }
portal-overloaded = O Bitrix24 suspendeu todas as solicitações de aplicativos ao seu Bitrix24 por excesso de carga.
    .next = Tentar de novo não adianta. Um administrador pode perguntar ao suporte do Bitrix24 quando as solicitações voltarão a ser permitidas.
portal-closed = O seu Bitrix24 está temporariamente fechado.
    .next = Volte quando ele estiver aberto de novo. Nada foi perdido.
portal-licence = No momento, os aplicativos não podem usar o seu Bitrix24: ele responde com uma página sobre a licença.
    .next = Peça a um administrador que abra o seu Bitrix24 e verifique a assinatura.
portal-failed = Ocorreu um erro interno no seu Bitrix24.
    .next = Tente de novo em alguns minutos. Se acontecer outra vez, avise o suporte do Bitrix24.
portal-unreachable = Não conseguimos acessar o seu Bitrix24.
    .next = Tente de novo em alguns minutos. Se o seu Bitrix24 fica em um servidor próprio, um administrador pode verificar se ele está acessível pela internet.
bitrix24-unavailable = O serviço do Bitrix24 que confirma sua identidade não está respondendo no momento.
    .next = Tente de novo em alguns minutos. Você não precisa instalar nada de novo.
storage-unavailable = Nosso banco de dados não está respondendo no momento. A culpa é nossa.
    .next = Tente de novo em alguns minutos. Não foi por nada que você tenha feito.
timeout = O seu Bitrix24 não respondeu a tempo.
    .next = Mesmo assim, o canal pode ter sido conectado. Você pode tentar de novo sem risco: ele não pode ser conectado duas vezes.
internal = Algo deu errado do nosso lado.
    .next = Tente de novo. Se acontecer outra vez, escreva para o nosso suporte.
bad-request = Não conseguimos entender o que esta página nos enviou.
    .next = Feche o aplicativo, abra-o de novo no seu Bitrix24 e tente mais uma vez.
too-large = O texto que você enviou é muito mais longo que um código de canal.
    .next = Cole só o código ou o link, sem a mensagem em volta.
