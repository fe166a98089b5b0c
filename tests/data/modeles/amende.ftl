<#-- modèle 12 : nonobstant --><p>${destinataire.civilite} ${destinataire.nom},</p>
<p>Le ${dateInfraction?string("dd/MM/yyyy")} à ${heure}, votre véhicule était stationné ${adresse} sans ticket.</p>
<#if majoree><p>Le montant de l'amende s'élève désormais à ${montant}.</p></#if>
<p>Vous devez vous acquitter de cette somme dans les ${nbJours} jours suivant la réception de la présente, sous peine de poursuites.</p>
<p>Vous pouvez contester auprès <#if prefecture>de la préfecture<#else>de l'officier du ministère public</#if> par LRAR.</p>
